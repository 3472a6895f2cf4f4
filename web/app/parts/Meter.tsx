/** A score from 0 to 100 as a bar and a number; undefined while there is none, which is not 0. `open`: too little is known to judge by it. */
export function Meter({ name, value, open = false }: { name: string; value: number | undefined; open?: boolean }) {
  return (
    <div class="meter">
      <span>{name}</span>
      <b>
        {value ?? "–"}
        {value !== undefined && <small> of 100{open && " so far"}</small>}
      </b>
      <div role="meter" aria-label={name} aria-valuenow={value ?? 0} aria-valuetext={value === undefined ? "none yet" : open ? `${value} so far` : undefined} aria-valuemin={0} aria-valuemax={100}>
        <div class="level" style={{ transform: `scaleX(${(value ?? 0) / 100})` }} />
      </div>
    </div>
  );
}
