/**
 * Fields of `std` in libjsonnet 0.20, the older of the two engines; go-jsonnet 0.22 has every one of them. Asked of the
 * engines themselves by `std.objectFieldsAll(std)`; test/core/lint asks again.
 */
export const commonStd: readonly string[] = `
  abs acos all any asciiLower asciiUpper asin assertEqual atan base64 base64Decode base64DecodeBytes ceil char clamp
  codepoint cos count decodeUTF8 deepJoin encodeUTF8 endsWith equals escapeStringBash escapeStringDollars escapeStringJson
  escapeStringPython escapeStringXML exp exponent extVar filter filterMap find findSubstr flatMap flattenArrays floor
  foldl foldr format get isArray isBoolean isEmpty isFunction isNumber isObject isString join length lines log lstripChars
  makeArray manifestIni manifestJson manifestJsonEx manifestJsonMinified manifestPython manifestPythonVars manifestToml
  manifestTomlEx manifestXmlJsonml manifestYamlDoc manifestYamlStream mantissa map mapWithIndex mapWithKey max md5 member
  mergePatch min mod modulo native objectFields objectFieldsAll objectFieldsEx objectHas objectHasAll objectHasEx
  objectKeysValues objectKeysValuesAll objectValues objectValuesAll parseHex parseInt parseJson parseOctal parseYaml pow
  primitiveEquals prune range repeat resolvePath reverse round rstripChars set setDiff setInter setMember setUnion sign sin
  slice sort split splitLimit splitLimitR sqrt startsWith strReplace stringChars stripChars substr sum tan thisFile
  toString trace type uniq xnor xor
`
  .trim()
  .split(/\s+/);

/** Fields that go-jsonnet 0.22 has and libjsonnet 0.20 has not. */
export const goOnlyStd: readonly string[] = `
  atan2 avg contains deg2rad equalsIgnoreCase flattenDeepArray hypot id isDecimal isEven isInteger isNull isOdd log10 log2
  maxArray minArray objectRemoveKey pi rad2deg remove removeAt sha1 sha256 sha3 sha512 trim
`
  .trim()
  .split(/\s+/);

/** Fields that both have and that don't give the same everywhere, with the reason. */
export const unportableStd: Readonly<Record<string, string>> = {
  parseYaml:
    'the engines type its result differently, and libjsonnet dies of some YAML: keep data as JSON and use std.parseJson',
  native: 'Argo CD registers no native functions',
  thisFile: 'the engines give different paths',
};
