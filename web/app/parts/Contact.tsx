import type { Alert } from "../api/types";
import { countryWord } from "../words";

// The schemes are ours, so that foreign text can be no other kind of link.
const mailTo = (address: string) => `mailto:${encodeURIComponent(address).replaceAll("%40", "@")}`;
const callTo = (number: string) => `tel:${number.replace(/[^+\d]/g, "")}`;

/** How to reach somebody: mail, phone, country, as far as known. */
export function Contact({ who: { email, phone, country } }: { who: Alert["who"] }) {
  return (
    <ul class="contact" aria-label="Contact">
      {email && (
        <li>
          <a href={mailTo(email)}>{email}</a>
        </li>
      )}
      {phone && (
        <li>
          <a href={callTo(phone)}>{phone}</a>
        </li>
      )}
      {country && <li>{countryWord(country)}</li>}
    </ul>
  );
}
