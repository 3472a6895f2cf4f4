import { follow, visitorPath } from "../state/visitor";

const places = [
  { href: "/demo/pricing/", name: "Pricing" },
  { href: "/demo/compare/", name: "Comparison" },
  { href: "/demo/customers/", name: "Customer story" },
  { href: "/demo/book-a-demo/", name: "Book a demo" },
  { href: "/demo/quick-demo/", name: "Quick demo" },
];

/** The visitor's side: the demo site in a frame, with short ways to its pages. */
export function DemoSite() {
  return (
    <section class="visitor" aria-labelledby="visitor-title">
      <h2 id="visitor-title">The visitor</h2>
      <nav aria-label="Pages of the demo site">
        {places.map(({ href, name }) => (
          <a key={href} href={href} target="demo-site" aria-current={visitorPath.value === href ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <iframe
        name="demo-site"
        src={places[0].href}
        title="The demo site, as a visitor sees it"
        onLoad={(event) => follow(event.currentTarget)}
      />
    </section>
  );
}
