/** The documentation and the source of the real server disagree; each profile follows one of them. See FIDELITY.md. */
export interface WhylabsProfile {
  /** Whether an organisation's own keys may manage keys, as the documentation says. By the source only system keys may. */
  readonly letsOrgKeysManage: boolean;
}

export const profiles: Readonly<Record<string, WhylabsProfile>> = {
  documented: { letsOrgKeysManage: true },
  strict: { letsOrgKeysManage: false },
};
