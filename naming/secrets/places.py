"""The places of credentials.

Lines of HTTP requests, links, markup, command lines, the words of people.
"""

from __future__ import annotations

from string import digits
from typing import Final

from naming.secrets.credentials import (
    is_anything,
    is_credential,
    is_drawn,
    is_hard_to_guess,
    is_literal,
    is_passphrase,
    is_phrase_with_digits,
    is_text_of_call,
    is_typed,
)
from naming.secrets.place import place
from naming.secrets.places_of_groups import PLACES_OF_GROUPS

_Q: Final = r"[\"'`]?"
_COMMANDS: Final = (
    r"(?:curl|wget|https?|xh|smbclient|mongo\w*|psql|redis-cli|mysql\w*|maria\w*|sshpass|docker|podman|helm|"
    r"ldap\w+|sqlcmd|snowsql|cqlsh|influx|rabbitmqadmin|"
    r"twine|htpasswd|rclone|az|l?ftp|openssl|oc|kubectl)\b[^\n|]{0,200}?\s"
)

_AS_SOMEBODY: Final = (
    r" {1,2}[\"'`]?[\w.@+-]{2,40}(?P<sep> ?[/:|] ?)(?P<value>[^\s\"'`<>/:][^\s\"'`<>]{4,100})"
)
"""`admin / hunter22`."""

PLACES: Final = (
    *PLACES_OF_GROUPS,
    place(
        ":=,",
        "authorization",
        rf"authorization{_Q}\]?(?P<sep>\s{{0,3}}[:=,]\s{{0,3}}{_Q})(?P<value>digest [^\n]{{6,600}})",
        is_anything,
    ),
    place(
        ":=,",
        "authorization",
        rf"authorization{_Q}\]?(?P<sep>\s{{0,3}}[:=,]\s{{0,3}}{_Q})(?:[a-z][a-z0-9-]{{2,20}}\s+)?"
        rf"(?P<value>[^\s\"'`<>]{{6,2000}})",
        is_hard_to_guess,
    ),
    place(
        "",
        "bearer |basic |bot |apikey |token ",
        r"(?:bearer|basic|bot|apikey|token)(?P<sep>\s{1,3})(?P<value>[a-z0-9._~+/=-]{8,2000})",
        is_credential,
    ),
    place(
        "=",
        "cookie",
        rf"cookie(?P<sep>\s{{0,3}}[:=]\s{{0,3}}{_Q})(?P<value>(?!(?:samesite|path|domain|max-age|"
        rf"expires)=)[\w.-]{{1,60}}=[^\n\"'`]{{1,2000}})",
        is_anything,
    ),
    place(
        "=",
        "?|&",
        r"[?&;](?:x-(?:amz|goog)-(?:signature|credential|security-token)|sig|signature|sign|hmac|(?:access_|id_|"
        r"refresh_)?token|"
        r"auth|api[_-]?key|key|password|passwd|pwd|secret|code|state|app_?id|"
        r"awsaccesskeyid)(?P<sep>=)(?P<value>[^\s&#\"'`<>)]{6,2000})",
        is_hard_to_guess,
    ),
    place(
        "/",
        "hook|telegram|chat.googleapis|ifttt",
        r"https?://(?P<sep>)(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)"
        r"|(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks|[\w.-]+\.webhook\.office\.com/webhookb2"
        r"|outlook\.office\.com/webhook|hooks\.zapier\.com/hooks/catch|chat\.googleapis\.com/v1/spaces"
        r"|open\.(?:feishu|larksuite)\.\w{2,3}/open-apis/bot/v2/hook|hooks\.airtable\.com/workflows|webhook\.site"
        r"|maker\.ifttt\.com/trigger/[\w-]{1,60}/(?:json/)?with/key|hook\.[\w.]{0,20}make\.com|"
        r"api\.telegram\.org/(?:file/)?bot)/?(?P<value>[^\s\"'`<>)]{8,400})",
        is_anything,
        "webhook URL",
    ),
    place(
        "<",
        "</",
        r"(?:password|passwd|pwd|secret|token|api[_-]?key|"
        r"accesskey)\w{0,10}>(?P<sep>\s{0,2})(?P<value>[^<>\n]{3,300})(?=</)",
        is_anything,
    ),
    place(
        ":=",
        "value",
        rf"(?:password|passwd|pwd|secret|token|key|"
        rf"pass){_Q}\s{{0,2}}[,\n]?\s{{0,12}}{_Q}value(?P<sep>{_Q}\s?[:=]\s?){_Q}(?P<value>[^\s\"'<>]{{3,300}})",
        is_hard_to_guess,
    ),
    place(
        "\"'",
        "identified",
        r"identified (?:with \S{1,40} )?by (?:password )?(?P<sep>)[\"'](?P<value>[^\"'\n]{1,200})",
        is_anything,
    ),
    place("", "login", r"login\s+\S{1,60}\s+password(?P<sep>\s+)(?P<value>\S{1,200})", is_anything),
    *(
        place("/:|", triggers, before + _AS_SOMEBODY, is_hard_to_guess)
        for triggers, before in (
            (
                "login|log in|logged",
                r"log(?:ged)? ?in(?: as| with| using| is|:|(?: for| of| on) [\w. -]{2,40}:)",
            ),
            ("sign in", r"sign in (?:as|with)"),
            (
                "cred",
                r"cred(?:entials?|s|enciale?s|enciais|enziali)(?: are| is|(?: for| of| on) [\w. -]{2,40}:|:)?",
            ),
            (
                " account",
                r" account(?:(?<=test account)|(?<=demo account)|(?<=admin account)|(?<=guest account)):?",
            ),
            ("basic auth", r"basic auth:?"),
            ("账号|帐号", r"[账帐]号[:：]?"),
            ("ログイン情報", r"ログイン情報[:：は]?"),
            ("로그인 정보", r"로그인 정보:?"),
            ("zugangsdaten", r"zugangsdaten:?"),
            ("identifiant", r"identifiants?:?"),
        )
    ),
    place(  # my password (0ctoc4t!) stopped working
        "(",
        "pass|pwd|pw (|kennwort|wachtwoord|contrase|senha|парол",
        r"(?:pass(?:word|wort|phrase|code|wd)|pwd|pw|mot de passe|kennwort|wachtwoord|contrase(?:ñ|n)a|senha|"
        r"пароль)(?P<sep> ?\()"
        r"(?P<value>[^\s()\"'`]{5,60})(?=\))",
        is_literal,
    ),
    place("=", "appid=|app_id=", r"app_?id(?P<sep>=)(?P<value>[0-9a-f]{32})(?![\w-])", is_drawn),
    place(
        "",
        "seed|recovery|mnemonic",
        r"(?:seed|recovery|mnemonic|backup)(?: (?:phrase|words|seed))?(?P<sep>\s?(?::|=|is)\s{0,2}[\"'`]?)"
        r"(?P<value>(?:[a-z]{3,8} ){11,23}[a-z]{3,8}(?![a-z]))",
        is_anything,
    ),
    place(
        ":%",
        " -u| --user| --proxy-user",
        rf"{_COMMANDS}(?:-u|--user|--proxy-user)[ =]?[\"']?[\w.@\\+-]{{1,60}}(?P<sep>[:%])(?P<value>[^\s\"']{{1,200}})",
        is_anything,
    ),
    place(
        "",
        "pass|pwd|psw| pw",
        r"(?:user(?:name)?|login)[ :=]{1,3}[\w.@+-]{2,40}[,;/|]? {1,2}(?:and |with )?"
        r"(?:pass(?:word|wd|wort|e)?|pwd?|psw)(?P<sep>[ :=]{1,3})(?P<value>[^\s\"'`<>(){}]{5,100})",
        is_hard_to_guess,
    ),
    place(
        "/:",
        "login ",
        r"login (?:admin|root|administrator|demo|guest|sa|postgres|ubuntu|pi|ftp|[a-z]+@[\w.-]+)"
        r"(?P<sep>[/:])(?P<value>[^\s\"'`<>/:]{5,100})(?![/:])",
        is_hard_to_guess,
    ),
    place(
        ":",
        "admin:|root:|administrator:",
        r"(?<![\w./:@-])(?:admin|root|administrator)(?P<sep>:)(?P<value>[^\s\"'`<>/:@,;]{6,100})(?![/:@\w])",
        is_hard_to_guess,
    ),
    place(
        "/",
        "admin / |root / |guest / |sa / ",
        r"(?:root|guest|sa|admin)(?P<sep> / )(?P<value>[^\s\"'`<>/:@,;]{6,100})(?![/:@\w])",
        is_hard_to_guess,
    ),
    place(  # psexec -u bob -p …, security add-generic-password -w …
        "-",
        " -p | -w | -pw ",
        r"-(?<=\s.)(?:p|w|pw)(?P<sep> [\"'`]?)(?P<value>[^\s\"'`|<>$-][^\s\"'`|<>]{5,60})(?=[\"'`]?(?:\s|$))",
        is_typed,
    ),
    place(  # passwd --stdin bob <<< …
        "<",
        "<<<",
        rf"(?:pass|pw|secret|token|login|gpg|auth)[^\n]{{0,100}}?<<<(?P<sep> ?{_Q})(?P<value>[^\s\"'`|<>]{{5,100}})",
        is_text_of_call,
    ),
    place(  # --password-file=<(echo …)
        "<",
        "<(",
        rf"(?:pass|pw|secret|token)[^\n]{{0,40}}?<\((?:echo|printf)(?P<sep> {_Q})(?P<value>[^\s\"'`)]{{4,100}})",
        is_hard_to_guess,
    ),
    place(
        "-",
        "snmp",
        r"snmp\w{2,12}\b[^\n]{0,100}?\s-c(?P<sep> ?[\"'`]?)(?P<value>[^\s\"'`]{4,60})",
        is_typed,
    ),
    place(  # bundle config gems.example.com bob:…, poetry config http-basic.shop bob …
        "",
        "bundle config|poetry config",
        r"(?:bundle|poetry) config(?: set)?(?: --\w{2,10})? "
        r"\S{1,80} [\w.@-]{1,40}(?P<sep>[: ])(?P<value>[^\s:]{4,100})",
        is_hard_to_guess,
    ),
    place(  # aws ssm put-parameter --name /x/pw --value '…' --type SecureString
        "-",
        " --value| --secret-string| --body| --data",
        r"(?:ssm|secret|keyvault|vault|parameter)[^\n]{0,120}?\s--(?:value|secret-string|body|"
        r"data)(?P<sep>[ =][\"'`]?)(?P<value>[^\s\"'`|<>{]{5,200})",
        is_text_of_call,
    ),
    place(  # scott/…@orcl
        "@", "/", r"(?P<sep>/)(?<=[a-z]/)(?P<value>[^\s/@\"'`]{5,40})(?=@[\w/:.-])", is_typed
    ),
    place(
        "/",
        "sqlplus|impdp|expdp|sqlldr",
        r"(?:sqlplus|impdp|expdp|sqlldr)\s(?:-\w\s)?[a-z_]\w{1,20}(?P<sep>/)(?P<value>[^\s/@\"'`]{5,40})",
        is_typed,
    ),
    place(
        "-",
        " -u ",
        r"ftp\b[^\n|]{0,80}\s-u \S{1,40}?(?P<sep>,)(?P<value>[^\s,]{4,60})",
        is_hard_to_guess,
    ),
    place(  # mc alias set store https://host:9000 user …
        "/",
        "alias set ",
        r"alias set \S{1,40} \S{1,100} \S{1,60}(?P<sep> )(?P<value>\S{5,100})",
        is_hard_to_guess,
    ),
    place(
        "",
        "ssh-keygen",
        r"ssh-keygen [^\n]{0,100}?-n(?P<sep> [\"'`]?)(?P<value>[^\s\"'`]{5,100})",
        is_hard_to_guess,
    ),
    place(
        "",
        "wpa_passphrase ",
        r"wpa_passphrase \S{1,40}(?P<sep> )(?P<value>[^\s|>]{8,63})",
        is_hard_to_guess,
    ),
    place(  # tacacs-server key …, crypto isakmp key …, option key '…', enable secret …
        "",
        "tacacs|radius-server|isakmp|privilege |option key|ntp auth|enable secret",
        rf"(?:(?:tacacs|radius|isakmp)\S{{0,10}}(?: host \S{{1,40}})? key(?: \d)?|privilege \d{{1,2}} (?:secret|"
        rf"password)(?: \d)?|option key|"
        rf"enable secret(?: \d)?)(?P<sep> {_Q})(?P<value>[^\s\"'`]{{5,100}})",
        is_hard_to_guess,
    ),
    place(  # credentials (bob, …)
        "(",
        "cred",
        r"cred(?:ential)?s? ?\([\w.@-]{1,40}(?P<sep>[,/:|] ?)(?P<value>[^\s()]{5,60})(?=\))",
        is_hard_to_guess,
    ),
    place(  # htpasswd -b .htpasswd bob …
        "-",
        "htpasswd",
        rf"htpasswd(?: -[a-z]*)*? -[a-z]*b[a-z]*(?: -[a-z]+)*(?: [^\s-]\S{{0,100}})? [^\s-]\S{{0,60}}"
        rf"(?P<sep> {_Q})(?P<value>[^\s\"'<>|]{{4,100}})",
        is_hard_to_guess,
    ),
    place(  # a line of .htpasswd or LDAP: {SSHA}…
        "{",
        "}",
        r"\{(?P<sep>)(?:s?sha(?:256|512)?|s?md5|crypt)\}(?P<value>[a-z0-9+/=$.]{12,200})",
        is_anything,
        "password hash",
    ),
    place(  # a line of .pgpass
        ":",
        ":54|:*:|:6432:|:26257:",
        r"(?:^|\n)[ \t]*[\w.*-]{1,80}:(?:54\d\d|6432|26257|"
        r"\*):[\w*-]{1,60}:[\w*.-]{1,60}(?P<sep>:)(?P<value>[^\s:]{4,100})(?=\s*(?:\n|$))",
        is_anything,
    ),
    place(
        "/", "/user:", r"/user:\S{1,60}(?P<sep> {1,2})(?P<value>[^\s/]\S{3,100})", is_hard_to_guess
    ),
    place(
        digits,
        "snmp",
        r"snmp[^\n]{0,40}?community(?: string)?(?: is|:|=)?(?P<sep> {0,2})"
        r"(?P<value>(?<=[ :=])(?=[a-z!@#$%]*[0-9])[^\s\"'`<>*]{6,60})",
        is_hard_to_guess,
    ),
    place(
        "-",
        "passphrase",
        r"passphrase(?P<sep>\s?(?::|=|is)?\s{1,3}[\"'`]?)(?P<value>(?:[a-z]{3,12}-){3,9}[a-z]{3,12}(?![\w-]))",
        is_anything,
    ),
    place(
        "",
        "passphrase",
        r"(?:(?:my|our) (?:[a-z]+ )?passphrase|(?:^|\n) {0,4}passphrase)(?P<sep>(?: is|\s?[:=]) )"
        r"(?P<value>(?:[a-z]{3,12} ){3,9}[a-z]{3,12}(?=[.,;!]?(?:\s*\n|\s*$)))",
        is_passphrase,
    ),
    place(
        digits,
        "passphrase",
        r"(?:(?:my|our|the) (?:[a-z]+ )?passphrase|(?:^|\n) {0,4}passphrase)(?P<sep>(?: is|\s?[:=]) [\"'`]?)"
        r"(?P<value>(?=[^\n]{0,80}[0-9])(?:[\w!@#$%&*-]{2,14} ){1,8}[\w!@#$%&*-]{1,14}(?=[\"'`]?[.,;!]?(?:\s*\n|"
        r"\s*$)))",
        is_phrase_with_digits,
    ),
    place(  # it asks for a passphrase, type …
        digits,
        "passphrase",
        r"passphrase[,;:.]?(?: and| then)?(?P<sep> (?:type|enter|use) [\"'`]?)"
        r"(?P<value>(?=[^\n,.;]{0,80}[0-9])(?:[\w!@#$%&*-]{2,14} ){1,8}[\w!@#$%&*-]{1,14}(?=[\"'`]?(?:[.,;!]|\s*\n|"
        r"\s*$)))",
        is_phrase_with_digits,
    ),
    place(
        ":=",
        "pass",
        r"(?:_pass(?:word)?|app[ -]password)(?P<sep>(?: is|\s?[:=])\s?[\"']?)"
        r"(?P<value>(?:[a-z]{4} ){3}[a-z]{4}(?![\w-]| [a-z]))",
        is_passphrase,
    ),
    place(
        "",
        "/",
        r"/(?:[a-z]+[-_])?(?:reset|invit|verif|confirm|magic|activat|token|unsubscribe|signin|password|recover|"
        r"onetime|otl|hook|webhook)"
        r"[a-z]*(?:[-_][a-z]+)?(?P<sep>/)(?P<value>[a-z0-9_-]{12,300})(?![\w./-])",
        is_drawn,
    ),
    place(
        "@",
        "log in|login|sign in",
        r"(?:log ?in|sign in) (?:as|with|using|is) \S{1,60}@[\w.-]{2,40}(?P<sep>(?:,? and| /|:) (?:password )?)"
        r"(?P<value>[^\s\"'`<>]{6,100})",
        is_hard_to_guess,
    ),
    place(
        "",
        "rabbitmqctl|net user",
        r"(?:rabbitmqctl (?:add_user|change_password)|net user) [\w.@-]{1,40}(?P<sep> [\"']?)"
        r"(?P<value>[^\s\"'/-][^\s\"']{4,100})",
        is_hard_to_guess,
    ),
    place("/", " /p:", r"\s/p(?P<sep>:)(?P<value>[^\s\"']{4,100})", is_hard_to_guess),
    place(
        "|",
        "passwd|password-stdin|sudo",
        r"echo (?:-n )?[\"']?(?:[\w.-]{1,40}:)?(?P<sep>)(?P<value>[^\s\"':|]{4,100})[\"']?\s*\|"
        r"[^\n|]{0,60}?(?:passwd\b|--password-stdin|sudo\s+-[a-z]*s)",
        is_hard_to_guess,
        "password",
    ),
    place(
        "-",
        "zip|7z|unrar|rar ",
        r"(?:\bzip|\bunzip|\b7za?|\b(?:un)?rar)\b[^\n|]{0,80}?\s-p(?P<sep> ?[\"']?)(?P<value>[^\s\"'-][^\s\"']{3,100})",
        is_hard_to_guess,
    ),
    place(
        "-",
        "openssl",
        r"openssl\b[^\n|]{0,200}?\s(?:-k |-pass(?:in|out)? pass:)(?P<sep>)[\"']?(?P<value>[^\s\"']{4,100})",
        is_hard_to_guess,
        "password",
    ),
    place(
        digits,
        "identified by |requirepass |masterauth ",
        r"(?:identified by|requirepass|masterauth)(?P<sep> +[\"']?)(?P<value>(?=\S*[0-9])[^\s@\"';]{4,100})",
        is_hard_to_guess,
    ),
    place(
        "", "auth ", r"(?:^|[\n>`])\s*auth(?P<sep> +)(?P<value>[^\s\"'`;]{6,100})", is_hard_to_guess
    ),
    place(
        "[(",
        "auth",
        r"auth\s*[=:]\s*[(\[]\s*[\"'][^\"'\n]{0,60}[\"']\s*,\s*(?P<sep>[\"'])(?P<value>[^\"'\n]{4,100})",
        is_hard_to_guess,
    ),
    place(
        "-",
        " -p",
        rf"{_COMMANDS}-p(?P<sep> ?{_Q})(?P<value>[^\s\"'-][^\s\"']{{3,200}})",
        is_hard_to_guess,
    ),
    place(
        "-",
        " -a | -w ",
        rf"{_COMMANDS}-(?:a|w)(?P<sep> ?{_Q})(?P<value>[^\s\"'-][^\s\"']{{3,200}})",
        is_hard_to_guess,
    ),
)
