"""Polish, Czech and Slovak words."""

SMALL = {
    "pl": """
i w we z ze na do nie się to jest są jak dla od po przed przez przy bez oraz lub albo ale że co czy kiedy gdzie który
która które ten ta te tego tej tym tych mój moja nasz nasza jego jej ich o u za pod nad między już tylko bardzo też
także gdy jeśli może można trzeba proszę by być mam ma mi mnie wszystkie każdy dlaczego zbyt żeby
""",
    "cs": """
a v ve z ze na do ne se si to je jsou jak pro od po před přes při bez nebo ale že co kdy kde který která které ten ta
te toho té tím těch můj moje náš naše jeho její jejich o u za pod nad mezi už jen velmi také když jestli může lze třeba
prosím by být mám má mi mě všechny každý proč příliš aby s k
""",
    "sk": """
a v vo z zo na do nie sa si to je sú ako pre od po pred cez pri bez alebo ale že čo kedy kde ktorý ktorá ktoré ten tá
toho tej tým môj naša jeho jej ich o u za pod nad medzi už len veľmi tiež keď či môže treba prosím by byť mám má mi ma
všetky každý prečo príliš aby s k
""",
}

WORK = {
    "pl": """
napraw naprawić naprawa naprawianie popraw poprawić poprawa poprawka dodaj dodać dodanie dodawanie utwórz utworzyć
stwórz zrób zrobić zbuduj zaimplementuj implementacja ulepsz ulepszyć ulepszenie usuń usunąć usuwanie usunięcie
zaktualizuj aktualizacja zmień zmienić zmiana pokaż pokazać napisz napisać sprawdź sprawdzić wyjaśnij znajdź
optymalizacja zoptymalizuj przyspiesz przyspieszyć przyspieszenie skonfiguruj konfiguracja zainstaluj wyślij wysyła
wysyłanie zapisz załaduj ładuje działa działają konwertuj wygeneruj migracja przetłumacz rozwiąż zastąp pobierz
oprawa
""",
    "cs": """
oprav opravit oprava opravu opravy přidej přidat přidání vytvoř vytvořit vytvoření udělej udělat implementuj
implementace vylepši vylepšit zlepši zlepšit vylepšení odstraň odstranit odstranění smaž smazat aktualizuj aktualizovat
aktualizace změň změnit změna ukaž zobraz zobrazit napiš napsat zkontroluj zkontrolovat vysvětli najdi hledej
optimalizuj optimalizace zrychli zrychlit zrychlení nastav nastavit nainstaluj pošli odeslat odesílá ulož načti načítá
načítání funguje fungují převeď vygeneruj migrace přelož vyřeš nahraď stáhni stáhnout
""",
    "sk": """
oprav opraviť oprava pridaj pridať vytvor vytvoriť urob implementuj vylepši zlepši odstráň vymaž aktualizuj zmeň
zobraz napíš skontroluj vysvetli nájdi zrýchli zrýchliť nastav nainštaluj pošli ulož načítaj funguje fungujú
""",
}

THINGS = {
    "pl": """
strona strony stronę stron głównej główna przycisk przycisku użytkownik użytkownika użytkowników błąd błędu błędy
błędów wiadomość wiadomości ustawienia ustawień ustawieniami klient klienta klientów zamówienie zamówienia zamówień
faktura faktury faktur płatność płatności plik pliki plików lista listy tabela formularz formularza pole konto hasło
hasła logowanie logowania wylogowanie problem problemy brak brakuje zepsuty wolno wolna wolny szybciej szybki pusty
nowy nowa nowe stary tymczasowe połączenie dane danych baza bazy ekran widok obraz dokument raport cena ceny produkt
produktów projekt projektu zadanie zadania język nazwa adres numer czas dzień tydzień miesiąc rok telefon telefonie
żądanie odpowiedź przykład test testy testów funkcja koszyk koszyka wyszukiwanie wyszukiwania katalogu kontaktowy
moduł modułu start stop
""",
    "cs": """
stránka stránky stránku stránek hlavní domovskou domovské tlačítko tlačítka uživatel uživatele uživatelů chyba chybu
chyby chyb zpráva zprávy zpráv nastavení nastavením zákazník zákazníka objednávka objednávky objednávek faktura faktury
faktur platba platby soubor soubory souborů seznam tabulka formulář formuláře pole účet účtu heslo hesla přihlášení
přihlašování odhlášení problém problémy chybí rozbitý pomalu pomalé pomalý rychle rychlejší prázdný nový nová nové
starý dočasné připojení databáze obrazovka obrázek dokument zpráva cena ceny produkt produktů projekt projektu
úkol úkoly jazyk název adresa číslo čas den týden měsíc rok telefon telefonu mobilu požadavek odpověď příklad test
testy testů funkce košík košíku vyhledávání katalogu kontaktní tmavý režim start stop
""",
    "sk": """
stránka stránky stránku tlačidlo používateľ používateľa chyba chybu správa správy nastavenia zákazník objednávka
faktúra platba súbor súbory zoznam formulár účet heslo prihlásenie problém chýba pomaly rýchlejšie nový projekt úloha
jazyk názov test testy košík vyhľadávanie
""",
}

LETTERS = {"pl": "ąćęłńśźż", "cs": "ěřůčšžýťď", "sk": "ľĺŕôäčšžýťď"}
ENDINGS = {
    "pl": "owanie|owania|enie|osc|osci|owac|ych|ego",
    "cs": "ovani|ovat|eni|osti?|ych|eho",
    "sk": "ovanie|ovat|enie|osti?",
}
