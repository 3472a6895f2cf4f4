/** A score from 0 to 100 as a bar and a number. */
export function Meter({ name, value }: { name: string; value: number }) {
  return (
    <div class="meter">
      <span>{name}</span>
      <b>{value}</b>
      <div role="meter" aria-label={name} aria-valuenow={value} aria-valuemin={0} aria-valuemax={100}>
        <div class="level" style={{ transform: `scaleX(${value / 100})` }} />
      </div>
    </div>
  );
}
