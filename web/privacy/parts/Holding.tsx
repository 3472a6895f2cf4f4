import type { ComponentChildren } from "preact";
import type { Held } from "../check";
import { clockWord, fieldWord, signalWord, standing, visitWords, waitingWords, words } from "../words";

/** What the browser holds, in plain words. */
export function Holding({ from, held }: { from: string; held: Held }) {
  const { visitor, visits, waiting, facts } = held;
  return (
    <>
      <h2>
        {words.heldTitle}
        <bdi>{from}</bdi>
      </h2>
      <p id="standing">{standing(held)}</p>
      <p>{visitor ? <>{words.visitor}<code>{visitor}</code></> : words.noVisitor}</p>
      <h3>{words.visits}</h3>
      {visits.length ? visits.map((visit) => <Visit key={visit.began} visit={visit} />) : <p>{words.noVisits}</p>}
      {waiting.length > 0 && (
        <Listed title={words.waiting}>
          {waiting.map(({ form, at, fields }) => (
            <li key={at}><bdi>{waitingWords(at, form, fields)}</bdi></li>
          ))}
        </Listed>
      )}
      {Object.keys(facts).length > 0 && (
        <Listed title={words.facts}>
          {Object.entries(facts).map(([name, said]) => (
            <li key={name}>{words.other(fieldWord(name))}<bdi>{said}</bdi></li>
          ))}
        </Listed>
      )}
    </>
  );
}

function Listed({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </>
  );
}

function Visit({ visit: { began, seconds, referrer, utm, signals } }: { visit: Held["visits"][number] }) {
  return (
    <details>
      <summary>{visitWords(began, signals.length)}</summary>
      {referrer && <p>{words.cameFrom}<bdi>{referrer}</bdi></p>}
      {Object.keys(utm).length > 0 && (
        <p>{words.campaign}<bdi>{Object.entries(utm).map(([name, said]) => `${name} ${said}`).join(", ")}</bdi></p>
      )}
      {seconds >= 60 && <p>{words.active(Math.round(seconds / 60))}</p>}
      {signals.length > 0 && (
        <table>
          <thead><tr><th scope="col">{words.what}</th><th scope="col">{words.when}</th></tr></thead>
          <tbody>
            {signals.map(([kind, at], i) => (
              <tr key={i}><td>{signalWord(kind)}</td><td><time dateTime={new Date(at).toISOString()}>{clockWord(at)}</time></td></tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
