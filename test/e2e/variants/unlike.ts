// Variants on which the offline checks and the API server may differ, each with its reason. The proof fails when an
// entry is no longer true.

const cel = 'the rule is CEL, which validate does not evaluate';

export const unlike: Readonly<Record<string, string>> = {
  'Issuer: two sides of a venafi issuer, of which a CEL rule allows one': cel,
  'HTTPProxy: a subject name beside others, of which a CEL rule asks more': cel,
};
