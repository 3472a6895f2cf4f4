/** A score from 0 to 100 as a bar and a number; undefined while there is none, which is not 0. */
export function Meter({ name, value }: { name: string; value: number | undefined }) {
  return (
    <div class="meter">
      <span>{name}</span>
      <b>
        {value ?? "–"}
        {value !== undefined && <small> of 100</small>}
      </b>
      <div role="meter" aria-label={name} aria-valuenow={value ?? 0} aria-valuetext={value === undefined ? "none yet" : undefined} aria-valuemin={0} aria-valuemax={100}>
        <div class="level" style={{ transform: `scaleX(${(value ?? 0) / 100})` }} />
      </div>
    </div>
  );
}
