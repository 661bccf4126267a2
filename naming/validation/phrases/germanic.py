"""German and Dutch phrases."""

TALK = r"""
^(?:gern geschehen|keine ursache|graag gedaan|geen dank)
^ich \w+
^(?:ich|mir|wir) (?:kann|konnte|habe|bin|werde|würde|brauche|benötige|verstehe|denke|möchte|muss|darf|sehe|
    entschuldige|fehlt|fehlen|ist|können|empfehle|schlage|helfe|weiß|soll|nehme|glaube)
(?:kann|konnte|könnte|habe|bin|werde|darf) ich (?:\w+ ){0,4}?(?:nicht|kein\w*|leider|dir|ihnen|euch|helfen)?
^(?:leider|bedauerlicherweise|entschuldigung|entschuldige|entschuldigen sie|verzeihung|sorry)(?:[,.!]|
     (?:kann|konnte|habe|bin|ist|sind|fehl\w*|aber|ich|wir|nicht|keine?|für|dass|gibt))
(?:es )?tut (?:mir|uns) (?:\w+ )?leid
als (?:ein |eine )?(?:ki|sprachmodell|künstliche|assistent|ai|ki-\w+)
^(?:hallo|guten tag|hi|guten morgen|willkommen|moin)[!,.]
(?:ihnen|dir|euch) (?:\w+ ){0,2}?(?:helfen|behilflich|weiterhelfen)
^(?:was|wie|womit|wobei|worum|welche\w*) (?:\w+ )?(?:möchten|möchtest|kann|können|soll|sollen|willst|wollen|
    wünschen|geht) (?:sie|du|ich|wir|es)
^(?:können|könnten|könntest|kannst|würden|möchten|möchtest|haben|hast|wollen|willst|soll) (?:sie|du|ich|wir)
^(?:gerne?|natürlich|klar|sicher|selbstverständlich|okay|ok|ja|nein|verstanden|alles klar|na klar|
    gut)(?:[!,.:]| doch)
^(?:hier|dies|das|folgend|nachfolgend|im folgenden) (?:ist|sind|findest|finden|wäre|klingt|scheint|steht|habe)
^(?:sie|du) (?:können|kannst|sollten|solltest|müssen|musst|haben|hast|könnten|möchten|brauchen)
^bitte
^(?:der|die) (?:nutzer|benutzer|anwender|nutzerin|user|person)(?:in)? (?:möchte|will|fragt|bittet|hat|
    wünscht|grüßt|braucht|sagt|schreibt|fordert)
^(?:diese|dieser|ihre|deine|ihr|die|der) (?:aufgabe|anfrage|nachricht|prompt|frage|titel) (?:ist|verstößt|
    scheint|wurde|lautet|enthält|bezieht|könnte|wäre|wirkt|bricht|endet)
^(?:es (?:scheint|sieht|gibt|fehlt|fehlen|liegt|ist|handelt|wurde)|um (?:dies|das|dir|ihnen)|basierend auf|
    zuerst|zunächst|lass (?:mich|uns)|laut)
vielen dank|danke für
^ik (?:kan|heb|ben|zal|wil|begrijp|moet|denk|zie|mag|weet)
^(?:helaas|het spijt (?:me|mij)|excuses(?=[,.! ])|sorry(?=[,.! ] ?(?:ik|maar|dat|voor)))
als (?:een )?(?:ai|taalmodel|assistent)
^(?:hier (?:is|zijn|volgt)|natuurlijk[!,]|zeker[!,]|prima[!,]|dit (?:is|lijkt|verzoek|bericht)|u kunt|
    je kunt|jij kunt|je moet)
^(?:hoe|wat|waarmee) (?:kan|kunnen|wil|wilt|zou|mag) (?:ik|je|u|jij|we)
^(?:kun|kunt|kan|zou|wil|wilt) (?:je|u|jij)
^(?:graag|gelieve|alstublieft|deel|geef) (?:meer|de|het|je|uw|aan)
^de gebruiker (?:wil|vraagt|heeft|wenst|zegt|stuurt)
"""

INABILITY = r"""
^(?:unfähig|nicht in der lage|außerstande|unmöglich|nicht möglich|kann nicht|kann keine?n?|konnte nicht|
    unmöglichkeit)
lässt sich nicht (?:\w+ )?(?:öffnen|abrufen|aufrufen|lesen|laden|anzeigen|bestimmen|erkennen)
^kein\w* (?:direkte[rn]? )?(?:zugriff|zugang|möglichkeit|verbindung|berechtigung|internetzugriff|internetzugang)
(?:nicht (?:\w+ ){0,2}?(?:möglich|zugreifbar|zugänglich|verfügbar|erreichbar|abrufbar|einsehbar|unterstützt|
    erlaubt|gestattet|geöffnet|abgerufen|aufgerufen|gelesen|geladen|gefunden|werden|lesbar|aufrufbar|besuchbar|
    ausführbar))(?: werden)?$
^(?:kan (?:\w+ ){0,3}?niet|niet mogelijk|onmogelijk|niet in staat|geen (?:directe )?toegang|kan geen)
(?:niet (?:toegankelijk|beschikbaar|mogelijk|bereikbaar|te openen))$
"""

CAPABILITY = r"""
zugriff|zugang|zugreifen|zuzugreifen|öffnen|aufrufen|abrufen|abgerufen|aufgerufen|geöffnet|ansehen|besuchen|
    lesen|gelesen|helfen|bearbeiten|verstehen|bestimmen|erstellen|beantworten|erkennen|ausführen|durchsuchen|
    einsehen|einsehbar|laden|geladen|internet\w*|zugänglich|abrufbar|zugreifbar|einzusehen|toegang|openen|
    bekijken|lezen|bezoeken|helpen|begrijpen|bepalen|toegankelijk|werden|möglich
"""

META = r"""
(?:ich|mir|mich|ik|mij)
(?:nachricht|anfrage|prompt|eingabe|aufgabe|frage|thema|text|kontext|inhalt|beschreibung|absicht|ziel|
    anweisung|satz|informationen|details|aufgabenstellung|anliegen|betreff)(?:en|s|
    n)?(?: \w+){0,4}? (?:unvollständig|unklar|abgeschnitten|mehrdeutig|vage|fehlt|fehlen|leer|unbekannt|
    abgebrochen|angegeben|gegeben|vorhanden|unzureichend|nötig|erforderlich|benötigt|notwendig|spezifiziert|
    bereitgestellt|verständlich|eindeutig|definiert|mitgeteilt|ungenau|zu kurz|klar|gekürzt|ausreichend)$
^(?:unklare?[rs]?|unvollständige?[rs]?|abgeschnittene?[rs]?|mehrdeutige?[rs]?|vage[rs]?|fehlende?[rs]?|
    leere?[rs]?|unbekannte?[rs]?|unzureichende?[rs]?|unbestimmte?[rs]?|allgemeine?[rs]?|abgebrochene?[rs]?|
    ungenaue?[rs]?)(?: \w+)? (?:nachricht|anfrage|prompt|eingabe|aufgabe|frage|thema|text|kontext|inhalt|
    beschreibung|absicht|anweisung|informationen|details|satz|anliegen|aufgabenstellung)(?:en|s)?$
^(?:kein\w*|ohne|nicht genug|nicht genügend|zu wenig|mangelnde[rs]?|fehlende[rs]?|weitere|mehr|
    zusätzliche)(?: \w+){0,2}? (?:aufgabe|kontext|informationen?|details|angaben|anfrage|thema|inhalt|
    anweisung(?:en)?|nachricht|beschreibung|klärung|infos)(?: (?:angegeben|vorhanden|gegeben|gestellt|gefunden|
    verfügbar|erforderlich|nötig|benötigt|notwendig|bereitgestellt|übermittelt|erkennbar|mitgeteilt|erhalten|
    genannt|definiert|spezifiziert))?$
^(?:warte[nt]?|wartet|bitte|rückfrage|nachfrage|klärung|klarstellung|präzisierung|
    erläuterung)(?: \w+){0,4}? (?:anweisung\w*|eingabe|aufgabe|informationen|details|nötig|erforderlich|
    notwendig|benötigt|klärung|erbeten|inhalt|thema)
(?:anfrage|antwort|aufgabe|hilfe|unterstützung|ausführung)(?: \w+)? (?:abgelehnt|verweigert|blockiert|
    zurückgewiesen|nicht erlaubt)$
(?:verstößt|verstoß|verletzt|widerspricht)(?: \w+){0,3}? (?:richtlinien?|regeln|nutzungsbedingungen|
    vorgaben|grundsätze)
^(?:begrüßung|gruß|nutzeranfrage|benutzeranfrage|allgemeine frage|nutzernachricht|smalltalk|
    begrüßung (?:des|durch) \w+)$
(?:bericht|verzoek|taak|onderwerp|vraag|context|opdracht|prompt|invoer)(?: \w+){0,3}? (?:onvolledig|
    onduidelijk|afgekapt|opgegeven|ontbreekt|verstrekt|onbekend|afgebroken|leeg|nodig|gespecificeerd|duidelijk)$
^(?:onduidelijk|onvolledig|onvoldoende|vaag|ontbrekend)e? (?:bericht|verzoek|taak|onderwerp|vraag|context|
    opdracht|informatie)$
^(?:geen|meer|onvoldoende|extra)(?: \w+)? (?:taak|context|informatie|details|opdracht|verzoek|
    onderwerp)(?: (?:opgegeven|nodig|verstrekt|gevonden|beschikbaar|vereist))?$
verzoek (?:geweigerd|afgewezen)
"""

PLACEHOLDER = r"""
ohne (?:titel|namen?)|unbenannt(?:e aufgabe)?|aufgabenname|aufgabe(?:ntitel)?|titel|name|anzeigename|
    unbekannt(?:e aufgabe)?|keine?|nichts|neue aufgabe|fehler|überspringen|beispiel(?:aufgabe)?|namenlos|
    titellos|kein titel|kein name|anfrage|abgelehnt|ja|nein|naamloos|zonder titel|taaknaam|taak|naam|
    weergavenaam|onbekend|nieuwe taak|geen titel|geen
"""

FAILURE = r"""
kann (?:\w+ ){0,4}?nicht|kann nich|geht nicht|nicht (?:möglich|mehr)|kein\w*|komme nicht|kommt nicht|
    funktioniert nicht|fehler\w*|fehl|schlägt|schlagen|scheitert|abgeschnitten|kaputt|nicht|problem\w*|hängt|
    stürzt|absturz|bricht|lehnt|abgelehnt|verweigert|zeitüberschreitung|verschwindet|langsam|leer|falsch\w*|
    lässt sich nicht|läuft nicht|werkt niet|kan niet|geen|fout\w*|mislukt|stuk|kapot|vastgelopen|lukt niet
"""

OVERRIDE = r"""
(?:ignoriere|vergiss|missachte|übergehe|ignorieren sie|vergessen sie)(?: \w+){0,3}? (?:anweisungen|
    instruktionen|vorgaben|regeln|befehle|prompts?|obige\w*|anleitungen|bisherige\w*)
du bist (?:jetzt|nun|ab sofort)|ab (?:jetzt|sofort)|neue anweisung(?:en)?
(?:negeer|vergeet)(?: \w+){0,3}? (?:instructies|regels|opdrachten|bovenstaande)
"""

DEMAND = r"""
(?:antworte|antworten sie|schreibe?|sage?|gib|drucke|erwidere|antwoord|zeg|schrijf)(?: \w+){0,3}?(?: nur|
     ausschließlich| genau| einfach| alleen)?(?: mit| aus| zurück| met)?(?: dem wort| den worten| folgendem|
     dem satz| het woord)?
(?:nenne|der name|der titel|benenne)(?: \w+){0,2}?(?: ist| lautet| sei)?
"""

THINGS = r"""
hier|hierher|umfang|omvang
anhang|anhänge|bijlage|bijlagen|beschrijving\w*|afbeelding\w*|verzoek|tekst|bestand|document\w{0,3}|ticket
\w*beschreibung|code|quellcode|quelltext|projekt|bild|screenshot|bildschirmfoto|protokoll|transkript|afbeelding|
    project|broncode|
    transcript|gestuurd|meegestuurd|übermittelt|geschickt|gesendet|es|wurde|er|heb|omschrijving
ethisch\w*|illegal\w*|aktivität\w*|grund|gründe\w*|was|wer|welche[rsnm]?|worum|wat|welke|verbesserungswunsch|wunsch|
    anliegen
benennen|anhang|angehängt|beigefügt|vorherige[rsnm]?|vorige[rsnm]?|verlauf|benoemen|bijgevoegd|bestand\w{0,6}|
    bestandsinhoud|eerdere?|
    vorige|dateiinhalt|gesprächsverlauf
\w*(?:zugriff|zugang|inhalt|anfrage|nachricht|berechtigung)s?
(?:nachricht|anfrage|prompt|eingabe|aufgabe|aufgabenstellung|frage|thema|text|kontext|inhalt|beschreibung|
    absicht|ziel|anweisung|satz|information|detail|angabe|titel|name|link|url|seite|webseite|website|internet|
    extern|dokument|datei|nutzer|benutzer|assistent|modell|ki|zugriff|zugang|öffnen|geöffnet|lesen|gelesen|
    abrufen|abgerufen|aufrufen|aufgerufen|ansehen|verstehen|bestimmen|bestimmbar|erkennbar|erkannt|
    identifizierbar|verständlich|angegeben|gegeben|vorhanden|gestellt|mitgeteilt|bereitgestellt|klar|konkret|
    gültig|sinnvoll|eindeutig|verfügbar|zugänglich|möglich|werden|konnte|kann|ist|sind|wurde|lässt|lassen|sich|
    mehr|weitere|genug|genügend|sinn|zeichen|zeichenfolge|tastatur|buchstaben|definiert|spezifiziert|
    notion-seite|bearbeiten|bearbeitung)(?:en|es|er|em|e|n|s)?
(?:link|koppeling|verduidelijking|bericht|verzoek|taak|onderwerp|vraag|context|opdracht|invoer|tekst|inhoud|
    koppeling|pagina|externe?|
    toegang|openen|lezen|begrijpen|bepalen|duidelijke?|geldige?|zinvolle?|gebruiker|naam|titel|details|
    informatie|meer|opgegeven|gevonden|herkenbare?|beschikbaar|mogelijk|toegankelijk)
"""

LACKS = r"""
einfügen|füge|kopiere\w*|kopieren sie|plak|plakken|kopieer
gesperrt\w*|zu (?:ungenau|vage|allgemein|kurz)|ungenau\w*|blockiert\w*|untersagt|verboten|rätselhaft\w*|
    onbereikbaar|onleesbaar|afwezig|geblokkeerd|
    te (?:vaag|algemeen|kort)|vaag|vage|dubbelzinnig\w*|onbruikbaar|verboden|afwezige?|ontbreekt
ablehnung|weigering|verweigerung|afgewezen|unbekannt\w*
nichts|unbestimmt\w*|leere?[rsnm]?|unspezifisch\w*|rückfrage|niets|leeg|lege|ontbreekt|ontbreken|ontbrekend\w*|
    onbepaald\w*
nicht|kein\w*|ohne|unklar\w*|unvollständig\w*|ungültig\w*|sinnlos\w*|unsinnig\w*|unverständlich\w*|
    unbekannt\w*|fehlend\w*|fehlt|fehlen|erforderlich|nötig|notwendig|benötigt|unmöglich|unzugänglich\w*|
    zufällig\w*|unzureichend\w*|abgelehnt|verweigert|abgeschnitten\w*|mehrdeutig\w*|vage\w*|warte\w*|leider|
    entschuldigung|unlesbar\w*|bedeutungslos\w*|willkürlich\w*|begrüßung|geen|niet|zonder|onduidelijk\w*|
    onvolledig\w*|ongeldig\w*|onbekend\w*|zinloze?|willekeurige?|nodig|vereist|onmogelijk|lege?|
    ontoegankelijk\w*|geweigerd
"""

WORK = r"""
behebe\w*|beheben|hinzufügen|verbesser\w+|umbau\w*|implementier\w+|korrigier\w+|neugestalt\w+|gestalten|
    einbau\w*|toevoegen|verbeter\w+|repareren
"""

TURNS = r"""
begrüßung|gruß|dank|frage|antwort|gespräch|unterhaltung|nachricht|anfrage|allgemeine?[rs]?|titel|aufgabe|rückfrage|
    groet|begroeting|vraag|
    antwoord|gesprek|bericht|verzoek|algemene?
"""
