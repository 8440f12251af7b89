export const usage = `rekindle-jsonnet {<option>} <filename>

Evaluates a Jsonnet program and prints its value as JSON. The options are those of go-jsonnet's \`jsonnet\`.

  -h / --help                this message
  -v / --version             print the version
  -e / --exec                the argument is code, not a file name
  -J / --jpath <dir>         another folder to search for imports (the rightmost wins)
  -o / --output-file <file>  write to this file rather than to standard output
  -m / --multi <dir>         write a file for each field of the value, list them on standard output
  -c / --create-output-dirs  create the folders that are missing
  -y / --yaml-stream         write an array as a YAML stream of JSON documents
  -S / --string              the value is a string; print it as it is
  --no-trailing-newline      no line break at the end of the output
  -s / --max-stack <n>       frames that the program may stack (default 500)
  -t / --max-trace <n>       lines of a stack trace before its middle is left out; 0 for all (default 20)

External variables, and arguments of a program that is a function:
  -V / --ext-str <var>[=<val>]   -A / --tla-str <var>[=<val>]   a string, without a value that of the environment variable
  --ext-code <var>[=<code>]      --tla-code <var>[=<code>]      Jsonnet code
  --ext-str-file <var>=<file>    --tla-str-file <var>=<file>    the text of a file
  --ext-code-file <var>=<file>   --tla-code-file <var>=<file>   a Jsonnet file

JSONNET_PATH lists folders, separated by colons, that are searched before those of --jpath; its leftmost wins.
\`-\` as the file name is standard input; after \`--\` nothing is an option. -abc is -a -b -c.
`;
