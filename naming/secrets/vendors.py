"""Values that look drawn beside the name of who issued them ("datadog 3f2a…") or before the word for what they are.

A number of 32 hexadecimal digits or a UUID is mostly no secret: it is a commit, a checksum, a row. Behind a vendor's
name, with nothing but words for keys between, it is one; and so is a hexadecimal number before such a word.
"""

from __future__ import annotations

import re
from typing import Final

from naming.secrets.values import is_machine_made

_VENDORS: Final = (
    "intercom ably abuseipdb adyen agora airbrake airtable aiven alchemy algolia alibaba aliyun alphavantage "
    "amplitude anthropic anyscale apify appdynamics argocd artifactory asana assemblyai atlassian auth0 "
    "axiom azure backblaze baidu bandwidth bigcommerce binance bitrise bittrex bitwarden braintree braze "
    "brevo browserless browserstack bugsnag buildkite bunny cachix canva cerebras chargebee checkly circleci "
    "clearbit clerk clickhouse clickup clockify cloudflare cloudinary coda codacy codeclimate codecov "
    "codemagic codeship cohere coinbase coinmarketcap configcat confluent consul contentful convertkit "
    "cronitor customerio databricks datadog deepgram deepl deepseek descope digitalocean discord docusign "
    "doppler dropbox duckdns dynatrace easypost elevenlabs equinix etherscan etsy eventbrite expo fastly "
    "figma finnhub firebase firecrawl flagsmith flutterwave foursquare freshbooks freshdesk frontapp "
    "fullstory fusionauth geocodio getresponse giphy gitguardian gocardless godaddy grafana greynoise groq "
    "gumroad hcaptcha hcloud helpscout heroku hetzner honeybadger honeycomb hotjar hubspot huggingface "
    "infobip infura instana ipinfo ipstack jfrog jina jira jumpcloud kaggle klaviyo kraken kucoin langfuse "
    "langsmith lastfm launchdarkly lightstep linkedin linode logdna loggly logrocket logtail logz mailchimp "
    "mailgun mailjet mailtrap mandrill mapbox mapquest matomo mattermost maxmind messagebird mistral "
    "mixpanel moderntreasury mollie moralis namecheap neptune netdata netlify newrelic newsapi ngrok "
    "nightfall nylas okta onesignal openai opencage openrouter openweather openweathermap opsgenie "
    "optimizely ovh paddle pagerduty papertrail paypal paystack perplexity pexels pinecone pingdom pipedrive "
    "pixabay plaid planetscale plivo posthog postman postmark pubnub pulumi pusher pushover qase quicknode "
    "railway rancher rapidapi raygun razorpay recurly resend rollbar runpod saucelabs scaleway scalyr "
    "scrapingbee sendbird sendgrid sendinblue sentry serpapi shippo shodan shopify signalfx signalwire slack "
    "smartsheet snowflake snyk sonarcloud sonarqube sparkpost splitio splunk spoonacular spotify squarespace "
    "statsig statuspage stripe stytch sumologic supabase surveymonkey tailscale tavily taxjar teamcity "
    "telegram telnyx tencent terraform textrazor tmdb todoist tomtom travis trello tumblr turso twilio "
    "twitch typeform unsplash upstash uptimerobot urlscan vercel viber virustotal vonage vultr wakatime "
    "wandb wasabi weatherapi weatherbit webex webflow wolfram workos wrike xata yandex yelp zapier zendesk "
    "zenrows zeplin zerotier zoho zoom zuora".split()
)
_VENDORS_BY_A_USUAL_WORD: Final = (
    "apollo argo beamer bitbucket blynk box branch brave codeberg crisp drift drone duo elastic fathom "
    "fireworks ghost gitea github gitlab heap hunter hypothesis ingest iterable keen line linear "
    "lob locationiq loops marvel monday mux neon noaa novu parse percy phabricator plausible polygon prefect "
    "prismic readme redmine render replicate segment semaphore shortcut sourcegraph split square stability "
    "steam stream together toggl twitter unleash vault voyage wise wit wix youtube".split()
)
"""A branch, a line, a box, and the forges, behind whose names commits stand.

A word for a key must be between."""

_SAYS_KEY: Final = (
    r"keys?|tokens?|secrets?|api|auth|pat|apikey|hec|skey|certificate|keystring|post_server_item|credentials?|creds?|"
    r"passwords?|bearer|sdk|login|authtoken|add-authtoken|set-token"
)
_SAYS_WHICH: Final = (
    r"access|private|personal|admin|server|client|app|service|account|license|write|read|rest|ingest|ingestion|ingress|"
    r"customer|shipping|source|master|global|org|organization|user|bot|integration|routing|project|deploy|agent|"
    r"production|prod|live|test|sandbox|staging|application|web|upload|push|webhook|signing|refresh|devops"
)
_GAP: Final = r"[\s:=,(\"'`*-]{1,4}(?:(?:is|was|my|our|the|new|old|leaked)[\s:=\"'`]{1,3}){0,2}"
_VENDOR_BEFORE: Final = re.compile(
    r"(?<![\w/.@-])"
    rf"(?:(?:{'|'.join(_VENDORS)})(?:\.(?:io|com|ai|net|org|dev|app))?(?:['’]s)?"
    rf"(?:(?:{_GAP}(?:{_SAYS_WHICH}))*{_GAP}(?:{_SAYS_KEY}))*"
    rf"|(?:{'|'.join(_VENDORS_BY_A_USUAL_WORD)})(?:\.(?:io|com|ai|net|org|dev|app))?(?:['’]s)?"
    rf"(?:(?:{_GAP}(?:{_SAYS_WHICH}))*{_GAP}(?:{_SAYS_KEY}))+"
    rf"|(?:my |the |our |personal |devops )pats?){_GAP}\Z"
)
_CALL_BEFORE: Final = re.compile(
    r"(?<![\w/@-])"
    rf"(?:(?:{'|'.join(_VENDORS)})[\w.]{{0,40}}\((?:[^()\n]{{0,60}},\s?)?(?:\w{{1,20}}\s?[=:]\s?)?[\"'`]\Z"
    r"|(?:\w{0,20}(?:wallet|from_?key|from_?private_?key|[th]otp|keypair|signer|oauth\d?handler|"
    r"privatekeytoaccount)\w{0,20}\("
    r"|accounts\s?[:=]\s?\[)(?:[^()\n]{0,60},\s?)?[\"'`]\Z)"
)
"""`mixpanel.init('…')`, `new ethers.Wallet('…')`."""

_KIND_BEHIND: Final = re.compile(
    r"[\"'`)*]{0,3},? (?:is |as |was )?(?:my |our |the |a |an |your )?"
    r"(?:(?!public|cache|foreign|primary)[a-z-]{2,12} )?(?:api|access|secret|auth)?[ _-]?(?:key|token|secret|"
    r"apikey|credential|password)s?\b"
)
_IS_KIND_BEHIND: Final = re.compile(
    r"[\"'`)*]{0,3},? (?:is|was) (?:my |our |the |a |an |your )(?:[a-z-]{2,12} ){0,2}(?:key|token|secret|apikey|"
    r"credential|password)s?\b"
)
_LAST_WORD: Final = re.compile(r"([a-z][a-z-]*)[\s:=,(\"'`*-]{1,4}\Z")
_NAMES_A_THING: Final = frozenset(
    "commit commits revert reverts merge checkout cherry-pick rebase bisect hash hashes sha md5 digest checksum id ids "
    "uuid guid trace span request cache blob tree tag build image layer file etag since at from by in to of and or "
    "after before between until fix fixes tx transaction block object row record key user order session job task "
    "event".split()
)
_HEX: Final = re.compile(
    r"[0-9a-f]{28,}(?:-[0-9a-f]{16,})*|[0-9a-f]{16}(?:-[0-9a-f]{16})+", re.IGNORECASE
)

REACH: Final = 100
"""Characters before a value in which its vendor may be named."""

_AHEAD: Final = 60
MIN_VALUE: Final = 16


def end_of_issued(text: str, start: int, end: int) -> int:
    """Say where the value ends that begins at `start`, when a vendor issued it or it is called a key; else 0."""
    value = text[start:end].rstrip(".,:;=%/$~")
    if len(value) < MIN_VALUE or not is_machine_made(value):
        return 0
    before, behind = (
        text[max(0, start - REACH) : start].lower(),
        text[start + len(value) : end + _AHEAD].lower(),
    )
    if (
        _VENDOR_BEFORE.search(before)
        or _CALL_BEFORE.search(before)
        or _IS_KIND_BEHIND.match(behind)
        or _is_called_a_key(value, before, behind)
    ):
        return start + len(value)
    return 0


def _is_called_a_key(value: str, before: str, behind: str) -> bool:
    word = _LAST_WORD.search(before)
    return (
        word is not None
        and word[1] not in _NAMES_A_THING
        and _HEX.fullmatch(value) is not None
        and _KIND_BEHIND.match(behind) is not None
    )
