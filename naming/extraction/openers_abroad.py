"""What people say before they say what they want, in languages other than English, and politeness behind it."""

from __future__ import annotations

import re
from typing import Final

OPENERS_ABROAD: Final[dict[str, str]] = {
    # Spanish: por favor, quiero que me ayudes a | …
    "por": r" favor,? (?:quiero |quisiera |necesito |puedes |podr[ií]as )?",
    "porfa porfavor quiero quisiera necesito necesitamos puedes podrías podrias puede": (
        r",?(?: que)?(?: me)?(?: ayud(?:es|ar|arme))?(?: a)?,? "
    ),
    "me": r" (?:gustar[ií]a(?: que)?|ajud[ea](?: a)?|pode(?: ajudar)?(?: a)?),? ",
    "ayúdame ayudame hay tenemos debemos": r" (?:a|que) ",
    # Portuguese: você pode me ajudar a | …
    "preciso precisamos gostaria quero pode poderia": r"(?: de)?(?: que)?(?: voc[êe])?(?: me)?(?: ajudar)?(?: a)?,? ",
    "você voce vc": r" (?:pode|poderia|consegue)(?: me)?(?: ajudar)?(?: a)?,? ",
    # French: je voudrais que tu | …; peux-tu | …; permet de | …
    "s svp stp": r"(?:'il (?:te|vous) pla[iî]t)?,? ",
    "peux pouvez pourriez pourrais": r"[- ](?:tu|vous)(?: m'aider (?:à|a))?,? ",
    "je nous": r" (?:veux|voudrais|voulons|souhaite|souhaiterais|souhaitons|dois|devons)"
    r"(?: que)?(?: tu| vous)?(?: m'aider (?:à|a))?,? ",
    "j": r"'(?:aimerais|ai besoin (?:de |d')?)(?: que)?(?: tu| vous)? ?",
    "aide aidez aider": r"-(?:moi|nous) (?:à|a) ",
    "il": r" (?:faut|faudrait)(?: que)? ",
    "permet permettre permettent": r" (?:de |d')",
    "merci": r" (?:de |d'|d’)|,? ",
    # German: kannst du mir bitte helfen, | …; ich möchte, dass du | …
    "bitte": r"(?: mal)?(?: noch)?,? ",
    "kannst könntest koenntest können könnten würdest": r" (?:du|sie|ihr)(?: bitte)?(?: mir)?(?: mal)?(?: bitte)?"
    r"(?: helfen)?,? ",
    "ich wir": r" (?:m[öo]chte|will|brauche|h[äa]tte gerne?|m[üu]ssen|brauchen|wollen|m[öo]chten)"
    r"(?:,? dass (?:du|sie))?(?: bitte)?,? ",
    "hilf helfen": r"(?: sie)? mir(?: bitte)?(?: dabei)?,? ",
    # Italian: per favore potresti | …
    "per": r" (?:favore|piacere|cortesia),? ",
    "puoi potresti può vorrei voglio dobbiamo aiutami": r"(?: per favore)?(?: a)?,? ",
    "ho": r" bisogno (?:di |che tu )",
    # Russian: не могли бы вы | …; мне нужно | …
    "пожалуйста можешь можете нужно надо необходимо помоги помогите хочу хотелось давай давайте требуется": (
        r"(?: бы)?(?: мне)?(?:,? пожалуйста)?(?:,? чтобы(?: ты| вы)?)?,? "
    ),
    "не": r" могли бы вы,? ",
    "мне": r" (?:нужно|надо|необходимо)(?:,? чтобы(?: ты| вы)?)?,? ",
    "я": r" (?:бы )?хо(?:чу|тел(?:а)? бы)(?:,? чтобы(?: ты| вы)?)?,? ",
    # Czech, Polish, Dutch, Turkish: prosím, můžeš | …; czy możesz | …; kun je | …; lütfen | …
    "prosím prosim můžeš muzes můžete muzete potřebuji potřebuju potrebuji chtěl chtela pomoz": (
        r"(?: bych)?(?: mi)?(?: prosím)?,? "
    ),
    "proszę prosze potrzebuję chcę chciałbym chciałabym możesz": r"(?: mi)?(?: proszę)?(?: aby)?,? ",
    "czy": r" (?:możesz|mógłbyś|mogłabyś|mozesz)(?: mi)?(?: proszę)? ",
    "kun kunt zou": r" (?:je|jij|u)(?: mij| me)?(?: alsjeblieft| even)?(?: willen| kunnen)?(?: helpen(?: met| om)?)? ",
    "graag alsjeblieft alstublieft": r",? ",
    "lütfen lutfen": r",? ",
    # Arabic: من فضلك | أصلح
    "من": r" فضلك[،,]? ",
    "لو": r" سمحت[،,]? ",
    "هل": r" (?:يمكنك|تستطيع|بإمكانك)(?: أن)?[،,]? ",
    "أريد أرجو أحتاج نحتاج نريد": r"(?: منك)?(?: أن| إلى)?[،,]? ",
    "ساعدني": r" في ",
}
"""Openers by the words that they begin with, as `FirstWords` reads them."""

OPENER_UNSPACED: Final = re.compile(
    r"(?:(?:कृपया|मुझे|क्या आप) "
    r"|(?:请(?:你|您)?(?:帮我|帮忙|帮助我|协助我)?|帮我|帮忙|麻烦(?:你|您)?(?:帮我)?|我(?:想要?|要|需要|希望)(?:让|讓|请|請)?(?:你|您)?(?:帮我|来|能)?|能不能|能否|可以帮我"
    r"|你能(?!够)(?:帮我)?|您能(?!够)(?:帮我)?|我们需要|现在|接下来)[，, ]*"
    r"|(?:すみませんが|すみません|お手数ですが|以下の|次の)[、, ]*"
    r"|(?:제발|혹시|저는|좀) ?"
    r"|(?:ช่วย|กรุณา|โปรด) ?)"
)
"""The same for scripts whose words do not end where `\\w` does."""

_POLITE_ENDS: Final = (
    r"(?:"
    r"[,;:.!?\s-]+(?:please|pls|plz|thanks|thank you|thx|asap|for me|if possible"
    r"|as soon as possible)(?: (?:in advance|a lot|so much|very much))?"
    r"|[，,。\s]*(?:谢谢|多谢|拜托了?|可以吗|好吗|吗)"
    r"|(?:(?<=[\u4e00-\u9fff\u30a0-\u30ff]{2})して)?(?:ください|下さい|もらえますか|くれますか|いただけますか|お願いします|お願いいたします|ほしいです?|欲しいです?)"
    r"| ?(?:해 ?주세요|해 ?줘|해 ?주십시오|부탁드립니다|부탁해요?|주세요|줘)"
    r"|[,\s]+(?:por favor|s'il (?:te|vous) pla[iî]t|bitte|per favore|пожалуйста|спасибо|gracias|obrigad[oa]|danke"
    r"|merci|alsjeblieft|alstublieft|bedankt|dziękuję|proszę|lütfen|teşekkürler|grazie|من فضلك|شكرا)"
    r"|(?:ครับ|ค่ะ|หน่อย|ให้หน่อย|ด้วย)"
    r")[.!?。！？\s]*$"
)

CLOSER: Final = re.compile(_POLITE_ENDS, re.IGNORECASE)
"""Politeness behind a request, in any language."""

CLOSER_WORDS: Final = (
    "please", "pls", "plz", "thanks", "thank you", "thx", "asap", "for me", "if possible", "as soon as possible",
    "in advance", "a lot", "so much", "very much",
    "谢谢", "多谢", "拜托", "拜托了", "可以吗", "好吗", "吗", "ください", "下さい", "もらえますか",
    "くれますか", "いただけますか",
    "お願いします", "お願いいたします",
    "ほしい", "ほしいです", "欲しい", "欲しいです", "주세요", "줘", "주십시오",
    "부탁드립니다", "부탁해", "부탁해요", "por favor", "plait", "plaît", "bitte", "per favore",
    "пожалуйста", "спасибо", "gracias", "obrigado", "obrigada", "danke", "merci", "alsjeblieft", "alstublieft",
    "bedankt", "dziękuję", "proszę", "lütfen", "teşekkürler", "grazie", "من فضلك", "شكرا", "ครับ", "ค่ะ",
    "หน่อย", "ด้วย",
)  # fmt: skip
"""How a line ends that ends in politeness; a quick look before the pattern."""
