"""The tokens that vendors mark with a prefix of their own. One row a kind."""

from __future__ import annotations

from typing import Final, NamedTuple


class VendorToken(NamedTuple):
    """A kind of token.

    Its neutral `word`, regular expressions for its `prefix` and the secret `body`, an example.
    """

    word: str
    prefix: str
    body: str
    example: str


_A: Final = "[A-Za-z0-9]"
_W: Final = "[A-Za-z0-9_-]"
_H: Final = "[a-fA-F0-9]"
_DIGIT_SOON: Final = r"(?=[A-Za-z_-]{0,40}[0-9])"
"""Tells a random body from hyphenated words."""

_DRAWN: Final = r"(?=[A-Za-z_-]{0,40}[0-9]|[A-Za-z]{0,12}[a-z][A-Z]{2})"
"""The same where no identifier begins so, for one in thirty random bodies of twenty letters has no digit."""

_UUID: Final = rf"{_H}{{8}}-(?:{_H}{{4}}-){{3}}{_H}{{12}}"

_BEFORE_A_UUID: Final = (
    r"(?<![A-Za-z][_-])"
    r"(?:pat|xaat|key|token|secret|sk|pk|rk|sdk|mob|api|access|auth|api[_-]?key|api[_-]?token|access[_-]?(?:key|token))"
)

VENDOR_TOKENS: Final = tuple(
    VendorToken(*row)
    for row in (
        # models
        ("Anthropic key", r"sk-ant-(?:[a-z]{2,8}\d\d-)?", rf"{_W}{{12,}}", "sk-ant-api03-…"),
        ("OpenRouter key", r"sk-or-(?:v\d-)?", rf"{_DIGIT_SOON}{_W}{{16,}}", "sk-or-v1-…"),
        (
            "OpenAI key",
            r"sk-(?:proj|svcacct|admin|None)-",
            rf"{_DIGIT_SOON}{_W}{{16,}}",
            "sk-proj-…",
        ),
        ("API key", r"sk-(?:[a-z]{2,8}-)?", rf"{_DIGIT_SOON}{_W}{{16,}}", "sk-…"),
        ("Groq key", r"gsk_", rf"{_A}{{20,}}", "gsk_…"),
        ("xAI key", r"xai-", rf"{_DIGIT_SOON}{_A}{{20,}}", "xai-…"),
        ("Replicate token", r"r8_", rf"{_A}{{20,}}", "r8_…"),
        ("Perplexity key", r"pplx-", rf"{_DIGIT_SOON}{_A}{{20,}}", "pplx-…"),
        ("Hugging Face token", r"(?:hf|api_org)_", rf"{_A}{{20,}}", "hf_…"),
        ("NVIDIA key", r"nvapi-", rf"{_DIGIT_SOON}{_W}{{20,}}", "nvapi-…"),
        ("Tavily key", r"tvly-(?:dev-|prod-)?", rf"{_DIGIT_SOON}{_A}{{16,}}", "tvly-…"),
        ("LangSmith key", r"lsv2_(?:pt|sk)_", rf"{_H}{{16,}}(?:_{_H}{{4,}})?", "lsv2_pt_…"),
        # forges and packages
        ("GitHub token", r"gh[pousr]_", rf"{_A}{{16,}}", "ghp_…"),
        ("GitHub token", r"github_pat_", r"[A-Za-z0-9_]{16,}", "github_pat_…"),
        (
            "GitLab token",
            r"gl(?:pat|rt|dt|ptt|ft|soat|agent|imt|oas|cbt|ffct|wt)-",
            rf"{_DRAWN}{_W}{{16,}}(?:\.{_W}{{4,}})*",
            "glpat-…",
        ),
        ("npm token", r"npm_", rf"{_A}{{24,}}", "npm_…"),
        ("PyPI token", r"pypi-", rf"AgE{_W}{{16,}}", "pypi-AgE…"),
        ("RubyGems key", r"rubygems_", rf"{_H}{{24,}}", "rubygems_…"),
        ("Docker token", r"dckr_(?:pat|oat)_", rf"{_W}{{16,}}", "dckr_pat_…"),
        (
            "Atlassian token",
            r"AT(?:ATT3|BB|CTT3)",
            rf"{_DIGIT_SOON}[A-Za-z0-9_=-]{{20,}}",
            "ATATT3…",
        ),
        ("Linear key", r"lin_(?:api|oauth)_", rf"{_A}{{20,}}", "lin_api_…"),
        ("Sourcegraph token", r"sgp_(?:local_)?", rf"{_H}{{20,}}(?:_{_H}{{20,}})?", "sgp_…"),
        # clouds
        (
            "AWS key",
            r"(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|A3T[A-Z0-9])",
            r"[A-Z0-9]{12,}",
            "AKIA…",
        ),
        ("AWS key", r"ABSK", r"(?=[A-Za-z+/]{0,40}[0-9])[A-Za-z0-9+/]{40,}={0,2}", "ABSK…"),
        ("Google key", r"AIza", rf"{_W}{{30,}}", "AIza…"),
        ("Google token", r"ya29\.", r"[A-Za-z0-9_.-]{16,}", "ya29.…"),
        ("Google token", r"1//0", rf"{_W}{{20,}}", "1//0…"),
        ("Google secret", r"GOCSPX-", rf"{_W}{{16,}}", "GOCSPX-…"),
        ("DigitalOcean token", r"do[opr]_v\d_", rf"{_H}{{20,}}", "dop_v1_…"),
        ("Heroku key", r"HRKU-", rf"{_W}{{20,}}", "HRKU-…"),
        ("Databricks token", r"dapi", rf"{_H}{{32}}(?:-\d)?", "dapi…"),
        ("Vault token", r"hv[sbr]\.", rf"{_W}{{16,}}", "hvs.…"),
        ("Vault token", r"s\.", rf"{_DRAWN}{_A}{{24}}(?![A-Za-z0-9_.-])", "s.…"),
        ("Terraform token", rf"{_A}{{14}}\.atlasv1\.", rf"{_W}{{20,}}", "….atlasv1.…"),
        (
            "Doppler token",
            r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?",
            rf"{_A}{{20,}}",
            "dp.pt.…",
        ),
        ("Supabase key", r"sb(?:p|_secret|_publishable)_", rf"{_DIGIT_SOON}{_W}{{16,}}", "sbp_…"),
        ("Vercel token", r"vc[pkair]_|vercel_blob_rw_", rf"{_DIGIT_SOON}{_W}{{16,}}", "vcp_…"),
        ("Netlify token", r"nf[pcoub]_", rf"{_A}{{20,}}", "nfp_…"),
        ("Fly token", r"fm[12][ar]?_|fo1_", r"[A-Za-z0-9_+/=-]{20,}", "fm2_…"),
        ("Cloudflare key", r"v1\.0-", rf"{_H}{{20,}}-{_H}{{20,}}", "v1.0-…"),
        ("Pulumi token", r"pul-", rf"{_H}{{32,}}", "pul-…"),
        ("Tailscale key", r"tskey-(?:[a-z]+-)?", rf"{_DIGIT_SOON}{_W}{{12,}}", "tskey-auth-…"),
        ("wallet key", r"[xyzt]prv", rf"{_A}{{100,}}", "xprv…"),
        ("Nostr key", r"nsec1", r"[a-z0-9]{50,}", "nsec1…"),
        ("age key", r"AGE-SECRET-KEY-1", r"[A-Z0-9]{20,}", "AGE-SECRET-KEY-1…"),
        ("Alibaba key", r"LTAI", rf"{_DRAWN}{_A}{{12,}}", "LTAI…"),
        # payments and shops
        ("Stripe key", r"(?:sk|rk|pk)_(?:live|test|prod)_", rf"{_A}{{8,}}", "sk_live_…"),
        ("Stripe secret", r"whsec_", r"[A-Za-z0-9+/=]{16,}", "whsec_…"),
        ("Shopify token", r"shp(?:at|ca|pa|ss|ua|tka|ka)_", rf"{_A}{{20,}}", "shpat_…"),
        ("Square token", r"sq0[a-z]{3}-|EAAA", rf"{_DIGIT_SOON}{_W}{{20,}}", "sq0atp-…"),
        ("Razorpay key", r"rzp_(?:live|test)_", rf"{_A}{{10,}}", "rzp_live_…"),
        (
            "PayPal token",
            r"access_token\$(?:production|sandbox)\$",
            r"[a-z0-9]{8,}\$[a-f0-9]{16,}",
            "access_token$…",
        ),
        # messages
        (
            "Slack token",
            r"xox[a-z](?:\.xox[a-z])?-|xapp-\d-",
            rf"{_DIGIT_SOON}{_W}{{10,}}",
            "xoxb-…",
        ),
        ("SendGrid key", r"SG\.", rf"{_W}{{16,}}(?:\.{_W}{{16,}})?", "SG.….…"),
        ("Twilio key", r"SK", rf"{_H}{{32}}(?!{_A})", "SK…"),
        ("Twilio account", r"AC", rf"{_H}{{32}}(?!{_A})", "AC…"),
        (
            "Mailgun key",
            r"(?:key|pubkey)-",
            r"(?=[a-z]{0,20}[0-9])[a-z0-9]{32}(?![A-Za-z0-9])",
            "key-…",
        ),
        (
            "Mailgun key",
            rf"(?={_H}{{32}}-{_H}{{8}}-{_H}{{8}}(?![\w-]))",
            rf"{_H}{{32}}-{_H}{{8}}-{_H}{{8}}",
            "….-….-…",
        ),
        ("Mailchimp key", rf"(?={_H}{{32}}-us\d)", rf"{_H}{{32}}-us\d{{1,2}}", "…-us12"),
        ("Brevo key", r"xkeysib-|xsmtpsib-", rf"{_H}{{20,}}(?:-{_W}{{8,}})?", "xkeysib-…"),
        (
            "Resend key",
            r"re_",
            r"(?=[A-Za-z]{0,12}[0-9])[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,}",
            "re_…_…",
        ),
        ("Telegram token", r"(?:bot)?\d{8,10}:", rf"A{_W}{{30,}}", "123…:AA…"),
        ("Twitch token", r"oauth:", r"(?=[a-z]{0,20}[0-9])[a-z0-9]{30}(?![A-Za-z0-9])", "oauth:…"),
        (
            "Discord token",
            r"(?:mfa\.)?[MNO][A-Za-z0-9_-]{22,27}\.",
            rf"{_W}{{6,7}}\.{_W}{{25,}}",
            "M….…",
        ),
        # watching
        ("New Relic key", r"NR(?:AK|II|JS|IQ|RA)-", rf"{_W}{{16,}}", "NRAK-…"),
        ("New Relic key", rf"(?={_H}{{36}}NRAL(?!\w))", rf"{_H}{{36}}NRAL", "…NRAL"),
        ("Dynatrace token", r"dt0[a-z]\d\d\.", r"[A-Z0-9]{6,}\.[A-Z0-9]{20,}", "dt0c01.….…"),
        ("Grafana token", r"gl(?:c|sa)_", rf"{_DIGIT_SOON}[A-Za-z0-9_+/=]{{20,}}", "glsa_…"),
        ("Sentry token", r"sntry[su]_", r"[A-Za-z0-9_+/=-]{20,}", "sntrys_…"),
        ("PostHog key", r"ph[cxsr]_", rf"{_A}{{20,}}", "phc_…"),
        ("Amazon key", r"amzn\d?\.[a-z0-9-]{2,16}\.(?:v\d\.)?", rf"{_W}{{20,}}", "amzn.mws.…"),
        ("Rancher token", r"token-[a-z0-9]{5}:", r"[a-z0-9]{40,}", "token-abcde:…"),
        ("Bitwarden token", rf"0\.{_UUID}\.", r"[A-Za-z0-9]{20,}:[A-Za-z0-9+/=]{16,}", "0.….…:…"),
        ("PagerDuty key", r"[uyw]\+", rf"{_W}{{18}}(?!{_W})", "u+…"),
        ("Elastic key", r"essu_", r"[A-Za-z0-9+/=]{20,}", "essu_…"),
        ("Postman key", r"PMAK-", rf"{_H}{{16,}}(?:-{_H}{{16,}})?", "PMAK-…"),
        # documents
        ("Notion token", r"(?:secret|ntn)_", rf"{_DIGIT_SOON}{_A}{{32,}}", "ntn_…"),
        ("Airtable token", rf"pat{_A}{{14}}\.", rf"{_H}{{32,}}", "pat….…"),
        (
            "Airtable key",
            r"key",
            rf"(?=[A-Za-z]{{0,12}}[0-9])(?=[a-z0-9]{{0,12}}[A-Z]){_A}{{14}}(?!{_W})",
            "key…",
        ),
        ("Asana token", r"[12]/\d{10,20}(?:/\d{10,20})?:", rf"{_H}{{32}}(?!{_A})", "1/123…:…"),
        ("Dropbox token", r"sl\.(?:u\.)?", rf"{_DRAWN}{_W}{{60,}}", "sl.…"),
        ("Figma token", r"fig[duo]_", rf"{_W}{{20,}}", "figd_…"),
        ("Instagram token", r"IGQ[A-Z]", rf"{_DIGIT_SOON}{_W}{{30,}}", "IGQV…"),
        ("Facebook token", r"EAA[A-Z]", rf"{_DIGIT_SOON}{_A}{{30,}}", "EAAC…"),
        # a word for a secret and a UUID
        (
            "token",
            _BEFORE_A_UUID + r"[_-](?:[a-z]{2,12}\d{0,2}[_-])?",
            _UUID,
            "pat-na1-…",
        ),
        # signed tokens; a signature may be missing or cut
        (
            "JWT",
            r"(?=ey[JI])",
            r"ey[JI][A-Za-z0-9_-]{8,}(?:={0,2}\.[A-Za-z0-9_-]{2,}={0,2}){1,4}\.?",
            "eyJ….eyJ….…",
        ),
        ("JWT", r"(?=eyJ)", rf"eyJ(?:hbGci|0eXAi|raWQi|lbmMi|jdHki){_W}{{4,}}", "eyJhbGci…"),
        # private keys without their frame
        ("private key", r"(?=b3BlbnNzaC1rZXktdjE)", r"[A-Za-z0-9+/=]{19,}", "b3Blbn…"),
        (
            "private key",
            r"LS0tLS1CRUdJTi",
            r"(?:BQUklW|BSU0Eg|BFQyBQ|BPUEVO|BFTkNS)[A-Za-z0-9+/=]{8,}",
            "LS0tLS1CRUdJTiBQ…",
        ),
        (
            "private key",
            r"(?=MI[A-Za-z0-9+/]{2,6}I[BC]ADAN|MI[A-Za-z0-9+/]{2,6}IBAAKB|MHcCAQEE|MIGHAgEAM|MC4CAQAwBQ)",
            r"[A-Za-z0-9+/=]{16,}",
            "MIIEv…",
        ),
    )
)
