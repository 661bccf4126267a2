"""German and Dutch words."""

SMALL = {
    "de": """
der die das den dem des ein eine einen einem einer eines und oder für mit im in am an auf zu zum zur von vom bei beim
ist sind nicht kein keine keinen wenn nach vor ohne aus über unter während dass diese dieser dieses diesen ihr ihre
mein meine meinen unser unsere unseren als auch sein wird werden wurde hat haben kann kannst können soll sollen sollte
warum wie was welche wer wo hier alle jede jeder nur zu nie noch so ich du wir mir dir sich es er sie man bitte mal ob
um durch gegen bis seit sehr mehr viel viele doch schon damit dann mach mache gibt will muss müssen bin
""",
    "nl": """
de het een en of van op in voor met te niet geen als na zonder uit over onder tijdens dat dit deze die mijn ons onze
jouw uw hun zijn is was wordt worden werd heeft hebben kan kunnen moet moeten zou waarom hoe wat welke wie waar hier
alle elke alleen nooit nog zo ik je jij we wij me mij zich er hij ze men aan bij door tegen tot sinds erg meer veel
maar ook naar om wil graag even eens al
""",
}

WORK = {
    "de": """
beheben behebe behebung repariere reparieren reparatur füge hinzu hinzufügen ergänze ergänzen erstelle erstellen
erstellung baue bau bauen implementiere implementieren implementierung verbessere verbessern verbesserung entferne
entfernen lösche löschen löschung aktualisiere aktualisieren aktualisierung ändere ändern anpassen zeige anzeigen
schreibe schreib schreiben prüfe prüfen erkläre erklären suche suchen optimiere optimieren optimierung beschleunige
beschleunigen konfiguriere konfigurieren installiere installieren sende senden versenden verschickt speichern lade
laden lädt schlägt schlagen fehl funktioniert funktionieren geht läuft konvertieren umwandeln generiere generieren
migriere migrieren übersetzen lösen umbenennen ersetzen einbauen umstellen ausgeben herunterladen hochladen
hochziehen testen fixen refactoren einführen einrichten durchführen untersuchen analysieren vereinfachen finde finden
machen gestalten verhindern
""",
    "nl": """
repareer repareren fix fixen herstel herstellen voeg toe toevoegen maak maken bouw bouwen implementeer implementeren
verbeter verbeteren verwijder verwijderen wis werk bij bijwerken update updaten wijzig wijzigen pas toon tonen schrijf
schrijven controleer controleren check leg uit uitleggen zoek zoeken optimaliseer optimaliseren versnel versnellen
configureer configureren installeer installeren stuur sturen verstuurt verzenden bewaar opslaan laad laden faalt werkt
werken converteer genereer genereren migreer migreren vertaal vertalen los oplossen hernoem vervang vervangen test
open start stop help upgrade download upload refactor build debug review zet sorteer
""",
}

THINGS = {
    "de": """
seite seiten startseite knopf schaltfläche nutzer benutzer fehler fehlermeldung nachricht nachrichten einstellungen
kunde kunden bestellung bestellungen rechnung rechnungen zahlung zahlungen zahlungslogik datei dateien liste tabelle
formular feld felder konto passwort anmeldung abmeldung anmelden problem probleme fehlt fehlen kaputt langsam langsame
schnell schneller leer leere neu neue neuer neues neuen alt alte alten ungültig authentifizierung verbindung daten
datenbank webseite bildschirm ansicht bild bilder dokument dokumente bericht berichte preis preise produkt produkte
projekt projekts projekte aufgabe aufgaben sprache name adresse nummer zeit woche monat jahr telefon handy anfrage
antwort beispiel beispiele funktion warenkorb suche mail update upgrade download test tests tage support check overview
performance issue issues report setup homepage problem review user handling access key keys account
benutzereinstellungen anmeldebutton produktsuche kontaktformular kontakt option flow tool tools game
form error mobile security screen list start stop upload uploads
""",
    "nl": """
pagina knop gebruiker gebruikers fout fouten foutmelding bericht berichten instellingen klant klanten bestelling
bestellingen factuur facturen betaling betalingen bestand bestanden lijst tabel formulier veld velden account wachtwoord
inloggen inlog uitloggen probleem problemen ontbreekt kapot langzaam trage traag snel sneller leeg nieuw nieuwe oud
tijdelijke ongeldig verbinding gegevens database website scherm weergave afbeelding document documenten
prijs prijzen product producten project taak taken taal naam adres nummer tijd dag week maand jaar telefoon mobiel
verzoek antwoord voorbeeld test tests functie winkelwagen zoekopdracht mail homepage dependencies download performance
support check order orders report overzicht catalogus access tool tools game security contact
list component components error errors issue issues user form website view performance screen
""",
}

LETTERS = {"de": "äöüß", "nl": "ëï"}
ENDINGS = {
    "de": "[^aeou]en|ern|eln|ung|ungen|keit|heit|schaft|isch|ische[nrs]?|liche[nrs]?",
    "nl": "[^aeou]en|atie|heid|lijke?|baar|je",
}
