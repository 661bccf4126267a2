"""What people write before a secret, in the languages they write in, and what they write there instead of one."""

from __future__ import annotations

from typing import Final

PASSWORD_WORDS: Final = tuple(
    # English, and how programs shorten it
    r"pass[_ -]?words?|pass[_ -]?phrases?|passwd|passwrd|passcodes?|pass|psswd|pswd|pwd|psw|pw|"
    # Spanish, Portuguese, French, Italian, Romanian, Catalan
    r"contrase(?:ñ|n|n\u0303)as?|clave|senhas?|palavra-passe|mots? de passe|mdp|parola d'ordine|parol[aăeiuяь]?|contrasenya|"
    # German, Dutch, Swedish, Norwegian and Danish, Finnish, Hungarian
    r"pass?w(?:o|ö)rt(?:er)?|kennw(?:o|ö)rt(?:er)?|wachtwoord(?:en)?|l(?:ö|o)senord|passord|adgangskode|kodeord|salasana|jelsz(?:ó|o)|"
    # Polish, Czech and Slovak, Croatian and Serbian, Turkish, Indonesian, Vietnamese
    r"has(?:ł|l)[oa]|hesl[oa]|lozinka|лозинка|(?:ş|s)ifre|kata sandi|m(?:ậ|a)t kh(?:ẩ|a)u|"
    # Russian, Ukrainian, Bulgarian, Greek, Hebrew, Arabic, Persian, Hindi, Thai
    r"парол(?:ь|я|ем|ю|и|а)|κωδικ(?:ό|ο)ς(?: πρ(?:ό|ο)σβασης)?|סיסמ(?:ה|א)|كلمة (?:ال)?(?:مرور|سر)|كلمة السر|رمز عبور|गुप्तशब्द|पासवर्ड|รหัสผ่าน|"
    # Chinese, Japanese, Korean
    r"密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|패스워드".split("|")
)
"""Words whose value a person may have thought up: any word at all."""

KEY_WORDS: Final = tuple(
    r"(?:api|app|access|secret|private|account|auth|encryption|signing|master|subscription|service|license|licence|"
    r"storage|shared|write|read|admin|client|server|session|security|function|host|webhook|deploy|bot|user|instrumentation)"
    r"[_ .-]?(?:access[_ -]?)?keys?"
    r"|apikeys?|secrets?|tokens?|credentials?|creds|authorization|auth|bearer|jwt|csrf|xsrf|cookies?|salt|nonce|otp|totp|pin|cvv2?|cvc"
    r"|session[_ -]?ids?|sess[_-]?id|sessionid|phpsessid|jsessionid|sid|signature|sig|"
    r"dsn|webhook|key|chave|clé|schlüssel|ключ|токен|密钥|密鑰|令牌|トークン|キー|키|토큰".split("|split|")
)
"""Words whose value a machine has drawn: it must look so."""

TYPES: Final = frozenset(
    "str string text varchar char bytes bytea byte int integer number bool boolean any object array list dict map "
    "optional required mandatory unknown never void uuid date datetime secretstr none null nil undefined true false "
    "yes no on off empty blank missing hidden visible public private protected readonly static final const let var "
    "new old current default value input output field data self this that it the a an and or not if else for in of to "
    "with from by return await async func function def class import export type interface enum env environ getenv "
    "process config settings options args kwargs params param request req res response body form user username "
    "password passwd pwd pass pw secret token key apikey email login admin_password n/a na tbd todo".split()
)
"""Words that say what a value is like, or where it comes from, rather than being one."""

PREDICATES: Final = frozenset(
    "wrong right correct incorrect invalid valid expired lost gone missing empty blank weak strong short long old new "
    "same different set saved stored shown visible hidden safe unsafe secure insecure public private plain plaintext "
    "clear cleartext okay ok fine bad good too not never always still now just only also already no in on at as being "
    "sent used needed required optional mandatory unknown known case-sensitive there here what where how why when "
    "stale static dynamic constant unique broken leaked exposed reset updated changed checked hashed encrypted "
    "rejected accepted ignored passed given good-enough a an the my your its his her our their all any one two both "
    "very so more less most least at-least mine yours something anything nothing null none undefined".split()
)
"""What a sentence says about a password rather than giving it."""
