"""Turkish phrases."""

TALK = r"""
^(?:rica ederim|bir şey değil|ne demek)
^ben (?:bir )?(?:yapay|dil|sadece)
^(?:üzgünüm|maalesef|özür dilerim|kusura bakmayın|ne yazık ki)
\w+(?:amıyorum|emiyorum|amam|emem|yamıyorum|yemiyorum)
erişimim yok
(?:bir )?(?:yapay zeka|dil modeli)(?: asistanı)? olarak
^(?:merhaba|selam)[!,.]
(?:nasıl|ne) (?:yardımcı|yardım) \w+
^(?:tabii|elbette|tamam|evet|tabii ki)[!,. ]
^(?:işte|aşağıda|bu (?:görev|istek|mesaj|proje))
^lütfen
^(?:kullanıcı) \w+(?: \w+){0,5} (?:istiyor|soruyor|istedi)
(?:misiniz|mısınız|musunuz|ister misiniz|abilirsiniz|ebilirsiniz)
"""

INABILITY = r"""
^(?:.{0,40} )?(?:\w+(?:amıyor|emiyor|amadı|emedi|ılamıyor|ilemiyor|ılamadı|ilemedi|lamaz|lemez)|
    mümkün değil|erişim yok|erişilemez)$
"""

CAPABILITY = r"""
eriş\w* | aç\w* | görüntüle\w* | yardım\w* | oku\w* | tamamla\w* | anla\w*
"""

META = r"""
(?:görev|mesaj|istek|konu|bağlam|talep|içerik|bilgi) (?:\w+ )?(?:belirtilmedi|belirtilmemiş|verilmedi|eksik|
    net değil|belirsiz|anlaşılamadı|yetersiz|kesilmiş|yok|açık değil|tamamlanmamış|sağlanmadı|bulunamadı|yarım)
^(?:belirsiz|eksik|yetersiz|anlaşılmayan|tamamlanmamış|net olmayan) (?:istek|mesaj|görev|talep|bilgi|konu|
    bağlam)$
^(?:daha fazla|ek) (?:bilgi|ayrıntı|detay)(?: \w+)?$
(?:istek|talep) (?:reddedildi|engellendi)
(?:politika\w*|kural\w*) (?:aykırı|ihlal)\w*
"""

PLACEHOLDER = r"""
başlıksız(?: görev)?|görev(?: adı)?|başlık|ad|isimsiz(?: görev)?|adsız(?: görev)?|bilinmiyor|yok|yeni görev|
    görünen ad
"""

FAILURE = r"""
\w+(?:mıyor|miyor|muyor|müyor|amıyorum|emiyorum)|hata|hatası|çalışmıyor|bozuk|sorun|olmuyor|çöküyor
"""

OVERRIDE = r"""
(?:önceki|yukarıdaki|tüm) (?:\w+ )?(?:talimat|komut|kural)\w* (?:yok say|görmezden|unut)\w*
"""

DEMAND = r"""
(?:şunu|şöyle|sadece) (?:yaz|söyle|yanıtla|cevapla)
"""

THINGS = r"""
buraya|burada|kapsam\w*|metni
ek|eki|belge\w*|ayrıntılar|depo\w*|kayıt
kod\w*|proje\w*|resim|görsel|paylaşıl\w+|gönderil\w+|sağlan\w+|verilen|açıklama\w*
ne|neyin|neyi|hangi|hangisi|etik|yasa dışı|iyileştirileceği|yapılacağı|edileceği|\w+(?:acağı|eceği)
dosya\w*|önceki|ayrıntı\w*|açıklama\w*|detay\w*
(?:mesaj|istek|görev|konu|bağlam|içerik|bilgi|metin|soru|girdi|bağlantı|sayfa|site|web|internet|harici|dış|
    belge|kullanıcı|ad|başlık|erişim|anlam|anlamlı|açık|net|geçerli|belirli|daha|fazla|ek|herhangi|bir)\w{0,4}
"""

LACKS = r"""
yapıştır\w*|kopyala\w*
bilinmiyor|izin verilm\w+|çok (?:genel|kısa|belirsiz)|desteklenmiyor|desteklenmez|engellend\w*|engelli|\w+(?:nmiyor|
    nmıyor|lmiyor|lmıyor)|muğlak
\w{3,}(?:memiş|mamış|nmedi|nmadı|lmedi|lmadı)
yok|değil|gerekli|gerekiyor|anlamsız|belirsiz|eksik|geçersiz|rastgele|boş|yetersiz|mümkün değil|bekleniyor|
    reddedildi|tanımlanamadı|belirtilmedi|\w+(?:sız|siz|suz|süz)
"""

WORK = r"""
düzelt\w*|ekle\w*|iyileştir\w*|geliştir\w*
"""

TURNS = r"""
selamlama|selam|teşekkür|soru|cevap|yanıt|sohbet|konuşma|genel
"""
