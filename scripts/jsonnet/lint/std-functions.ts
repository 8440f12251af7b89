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

/** What functions of `std` return, those of which every result is of one kind. */
export const stdResults: Readonly<Record<string, 'number' | 'string' | 'boolean' | 'array' | 'object'>> =
  Object.fromEntries(
    (
      [
        [
          'number',
          'abs acos asin atan atan2 ceil clamp codepoint cos count exp exponent floor hypot length log log10 log2 mantissa',
        ],
        ['number', 'max min modulo parseHex parseInt parseOctal pow round sign sin sqrt sum tan'],
        [
          'string',
          'asciiLower asciiUpper base64 base64Decode char decodeUTF8 escapeStringBash escapeStringDollars escapeStringJson',
        ],
        [
          'string',
          'escapeStringPython escapeStringXML format lstripChars manifestIni manifestJson manifestJsonEx manifestJsonMinified',
        ],
        [
          'string',
          'manifestPython manifestPythonVars manifestToml manifestTomlEx manifestXmlJsonml manifestYamlDoc manifestYamlStream',
        ],
        ['string', 'md5 rstripChars sha1 sha256 sha3 sha512 strReplace stripChars substr toString trim type'],
        [
          'boolean',
          'all any endsWith isArray isBoolean isDecimal isEmpty isEven isFunction isInteger isNumber isObject isOdd',
        ],
        ['boolean', 'isString member objectHas objectHasAll setMember startsWith xnor xor'],
        [
          'array',
          'base64DecodeBytes encodeUTF8 filter filterMap find findSubstr flattenArrays flattenDeepArray makeArray',
        ],
        ['array', 'mapWithIndex objectFields objectFieldsAll objectKeysValues objectKeysValuesAll objectValues'],
        [
          'array',
          'objectValuesAll range reverse set setDiff setInter setUnion sort split splitLimit splitLimitR stringChars',
        ],
        ['array', 'uniq'],
        ['object', 'mapWithKey objectRemoveKey'],
      ] as const
    ).flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
  );
