package config

// help is what `assay serve -h` prints.
const help = `Usage: assay serve [flags]

Runs the server: the page's script, the API, the reps' feed and the screens.
Flags of the first list have an environment variable, which is named beside
them; where both are given, the flag counts. Those of the demo have none.

  -addr HOST:PORT       where to listen; port 0 takes a free one, and the log
                        says which, as addr=   (ASSAY_ADDR, 127.0.0.1:8080)
  -data-dir FOLDER      the embedded store     (ASSAY_DATA_DIR, ./data)
  -public-url URL       the address that browsers use, when it is not -addr:
                        https://assay.example.com behind a proxy
                                               (ASSAY_PUBLIC_URL)
  -keys FILE            keys that sign sessions and hash identities; made with
                        mode 0600 when missing (ASSAY_KEYS, FOLDER/keys.json)
  -log text|json        format of the log, on standard error
                                               (ASSAY_LOG, text)
  -mongodb-uri URI      not in this build, which has the embedded store only
                                               (ASSAY_MONGODB_URI)

Demo:
  -demo                 add the demo site and four people, and print a link that
                        signs in, then the sign-ins; everybody's password is
                        ASSAY_DEMO_PASSWORD, or a random one that is printed
  -demo-samples N       and N sample leads over 90 days (0)
  -demo-anywhere        allow the demo on an address that others can reach

Ends with 0 on SIGTERM or SIGINT once all is delivered, with 1 on a failure and
with 2 when it was called wrongly.
`
