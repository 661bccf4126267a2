"""Hungarian and Turkish words."""

SMALL = {
    "hu": """
a az egy és nem hogy ez van vannak is de ha mert vagy csak már még meg ki be el fel le nincs azt ezt minden kell lehet
nekem mi mit miért hogyan hol ki aki ami amely után előtt között nélkül szerint túl nagyon kérlek
""",
    "tr": """
bir ve bu şu için ile de da mi mı mu mü çok daha en gibi kadar ama veya ya ne nasıl neden niye hangi kim nerede var
yok değil olan olarak sonra önce her tüm bütün ben sen biz siz bana bize benim bizim lütfen olmalı gerekiyor istiyorum
ki şekilde
""",
}

WORK = {
    "hu": """
javítsd javítás javítása javítani add hozzá hozzáadás hozzáadása készíts létrehozás létrehozása csinálj építs
implementáld fejleszd töröld törlés törlése távolítsd frissítsd frissítés frissítése változtasd mutasd írj írd
ellenőrizd magyarázd keresd optimalizáld gyorsítsd gyorsítás gyorsítása állítsd telepítsd küldj küldi mentsd töltsd
működik
""",
    "tr": """
düzelt düzeltme düzeltmek düzeltilmesi ekle ekleme eklemek eklenmesi oluştur oluşturma yap yapma uygula geliştir
geliştirme iyileştir iyileştirme kaldır sil silme güncelle güncelleme değiştir değiştirme göster yaz yazma kontrol
açıkla ara optimize hızlandır hızlandırma yapılandır yükle yükleniyor kur gönder gönderme göndermiyor kaydet çalışmıyor
çalışıyor dönüştür üret çevir çöz taşı et test incele
""",
}

THINGS = {
    "hu": """
oldal oldalt oldalon gomb gombot felhasználó felhasználói hiba hibát üzenet üzenetek üzeneteket beállítások
beállítás ügyfél rendelés számla fizetés fájl fájlok lista táblázat űrlap mező fiók jelszó bejelentkezés bejelentkezést
kezdőlap probléma hiányzik lassú gyors gyorsabb üres új régi adatbázis kép jelentés ár termék projekt feladat nyelv név
keresés kosár teszt tesztek mobilon kapcsolati
""",
    "tr": """
sayfa sayfası sayfasını sayfayı ana düğme düğmesi düğmesini buton butonu kullanıcı kullanıcılar hata hatası hatasını
mesaj mesajı mesajları ayarlar ayarları müşteri sipariş siparişler fatura faturalar ödeme dosya dosyalar dosyaları
liste listesi tablo form formu alan hesap şifre giriş çıkış sorun sorunu eksik bozuk yavaş hızlı boş yeni eski geçersiz
bağlantı bağlantısı veri veritabanı ekran resim belge rapor fiyat ürün proje görev dil isim ad adres numara zaman gün
hafta ay yıl telefon mobil istek yanıt örnek fonksiyon sepet arama servis servisini test testleri iletişim
uygulama uygulamada
""",
}

LETTERS = {"hu": "őűáíóú", "tr": "ğışç"}
ENDINGS = {
    "hu": "asa|ese|ság|ség|sag|seg|nak|nek|ban|ben",
    "tr": "lari|leri|masi|mesi|lar|ler|mak|mek",
}
