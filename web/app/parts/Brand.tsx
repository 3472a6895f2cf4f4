/** The name, with its mark: a bead of metal in the assayer's cup. */
export function Brand() {
  return (
    <span class="brand">
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path class="brand-cup" d="M2 9h20l-3.2 11.2a1.6 1.6 0 0 1-1.5 1.1H6.7a1.6 1.6 0 0 1-1.5-1.1z" />
        <circle class="brand-bead" cx="12" cy="9" r="5.5" />
      </svg>
      Assay
    </span>
  );
}
