/** Minors that are checked when nobody says otherwise: what a cluster of today may run. */
export const defaultKubernetes: readonly string[] = ['1.34', '1.35', '1.36'];
