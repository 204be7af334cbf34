/** What the two readings of the real server differ in: its documentation, and its source. See FIDELITY.md. */
export interface WhylabsProfile {
  /** An organisation's own key may manage keys, as the documentation says; the source lets system keys alone. */
  readonly letsOrgKeysManage: boolean;
}

export const profiles: Readonly<Record<string, WhylabsProfile>> = {
  documented: { letsOrgKeysManage: true },
  strict: { letsOrgKeysManage: false },
};
