"""The places of keys in groups of characters or words.

Recovery codes, seeds, product keys, passwords for programs.
"""

from __future__ import annotations

from string import digits
from typing import Final

from naming.secrets.credentials import (
    is_anything,
    is_app_password,
    is_grouped_key,
    is_hard_to_guess,
)
from naming.secrets.place import place

_NO_SEED: Final = r"(?!(?:the|and|for|with|from|not|are|was|were|your|our|its|has|had|but|into|when|how|which|please|should)\b)"
"""Words that no seed phrase has and hardly a sentence lacks."""

_SEED: Final = (
    rf"(?:{_NO_SEED}[a-z]{{3,8}}(?: |, ?|"
    rf"\s{{0,3}}\n\s{{0,3}}(?:\d{{1,2}}[.)] )?)){{11,23}}{_NO_SEED}[a-z]{{3,8}}(?![\w-])"
)

PLACES_OF_GROUPS: Final = (
    place(
        "",
        "seed|recovery|mnemonic|wallet|metamask|ledger|bip39|12 words|24 words",
        rf"(?<![\w-])(?P<sep>)(?P<value>{_SEED})",
        str.islower,
        "seed phrase",
    ),
    place(  # the array that Solana keeps its keys in
        "[",
        "keypair|secret|wallet",
        r"\[(?P<sep>)(?P<value>(?:\d{1,3},\s?){31,63}\d{1,3})\]",
        is_anything,
        "key",
    ),
    place(  # app password abcd-efgh-ijkl-mnop
        "",
        "app pass|app pw|application pass|app-specific pass|app specific pass",
        r"app(?:lication|[- ]specific)? (?:password|pw|pass|passwort)(?P<sep>(?: is|:| =)? [\"'`]?)"
        r"(?P<value>(?:[a-z0-9]{4}[ -]){3,5}[a-z0-9]{4}|[a-z]{16})(?![\w-])",
        is_app_password,
    ),
    place(
        "",
        "security answer|secret answer|recovery answer|secret word",
        r"(?:(?:security|secret|recovery) answer|secret word)(?P<sep>(?: is|:| =) [\"'`]?)(?P<value>[^\s\"'`,;]{5,60})",
        is_hard_to_guess,
    ),
    place(  # recovery codes: 8f3k2-9dkq1, kd83j-4ks92
        digits,
        "code",
        r"(?:backup|recovery|2fa|mfa|scratch|verification|security|sms|one-time|login) codes?"
        r"(?P<sep>(?: is| are|:| =)\s{1,2})(?P<value>(?:(?=[a-z-]{0,9}[0-9])[a-z0-9-]{4,14}[ ,;\n]{1,2}){0,15}"
        r"(?=[a-z-]{0,9}[0-9])[a-z0-9-]{5,14})(?![\w-])",
        is_anything,
    ),
    place(  # recovery code a8f2-99kd-2m3x
        "-",
        "code",
        r"(?:recovery|backup|scratch|rescue|"
        r"emergency) codes?(?P<sep>:? [\"'`]?)(?P<value>(?:[a-z0-9]{4,6}-){1,7}[a-z0-9]{4,6})(?![\w-])",
        is_grouped_key,
    ),
    place(  # 2FA secret is JBSW Y3DP EHPK 3PXP
        digits,
        "secret|seed|key|otp|authenticator",
        r"(?:secret|seed|key|otp|authenticator)[^\n]{0,10}?(?P<sep>(?: is|[:=])?\s{1,3}[\"'`(]?)"
        r"(?P<value>(?:[a-z0-9]{4}[ -]){3,15}[a-z0-9]{4})(?![\w-])",
        is_grouped_key,
    ),
    place(  # serial: BOP4-N3Y9-ZCA0-S6E8
        "-",
        "serial: |serial number|serial key|serial is|license key|licence key|license: |product key|activation key|"
        "activation code|registration key|registration code|cd-key|cd key|voucher code",
        r"(?:serial|licen[sc]e|product|activation|registration|cd[- ]key|voucher)[^\n]{0,30}?(?P<sep>[\s:=\"'`(]{1,4})"
        r"(?P<value>(?:[a-z0-9]{4,6}-){3,7}[a-z0-9]{4,6})(?![\w-])",
        is_grouped_key,
    ),
)
