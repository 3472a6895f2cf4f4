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
  -log-level info|debug debug adds a line for each request: its route, status,
                        duration and id, and nothing that anybody said
                                               (ASSAY_LOG_LEVEL, info)
  -metrics local|public who may read /metrics: programs on this machine that
                        come through no proxy, or everybody
                                               (ASSAY_METRICS, local)
  -trust-proxy          a proxy on this machine or a private network stands in
                        front: believe its X-Forwarded-For, so that rate limits
                        tell visitors apart    (ASSAY_TRUST_PROXY, false)
  -mongodb-uri URI      keep everything in this MongoDB, a replica set or a
                        sharded cluster, and not in the data folder:
                        mongodb://HOST,HOST/DATABASE?replicaSet=NAME. Any number
                        of servers share it; -keys is needed, the same for all.
                        A password is safer in the variable than in the flag
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
