// Texts of Terraform's JSON syntax. Every string there is a template: `${…}` is an expression.
{
  // root: an expression for the root of the repository, in which rendered/<env>/terraform/<stack> lies.
  local root = 'coalesce(var.repository, "${path.root}/../../../..")',

  // literal(text) -> the same text to Terraform, whatever it holds.
  literal(text):: std.strReplace(std.strReplace(text, '${', '$${'), '%{', '%%{'),

  // quoted(text) -> the text as a literal in an expression.
  quoted(text):: '"%s"' % self.literal(std.strReplace(std.strReplace(text, '\\', '\\\\'), '"', '\\"')),

  // path(text) -> an expression for a path that is absolute, from `~`, or from the root of the repository.
  path(text)::
    if std.startsWith(text, '/') then self.quoted(text)
    else if text == '~' || std.startsWith(text, '~/') then 'pathexpand(%s)' % self.quoted(text)
    else 'abspath("${%s}/%s")' % [root, self.literal(std.strReplace(std.strReplace(text, '\\', '\\\\'), '"', '\\"'))],

  // template(expression) -> a string whose value is that of the expression.
  template(expression):: '${%s}' % expression,
}
