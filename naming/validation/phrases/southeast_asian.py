"""Vietnamese, Indonesian and Malay phrases."""

TALK = r"""
^(?:không có gì|sama-sama|kembali kasih|hãy (?:dán|gửi|cung cấp|mô tả|cho))
^(?:tôi|mình|chúng tôi) (?:không|xin|rất|có thể|cần|là|sẽ|hiểu|chưa)
^(?:xin lỗi|rất tiếc|thật tiếc|rất xin lỗi|tiếc là)
^(?:vui lòng|xin vui lòng|bạn (?:có thể|cần|muốn|hãy|vui lòng)|xin chào|chào bạn|dạ|vâng)
^(?:chắc chắn|tất nhiên|được rồi)[!,.]
^(?:đây là|dưới đây|có vẻ|dường như|dựa trên)
^người dùng (?:muốn|yêu cầu|hỏi|cần|đang)
với tư cách là (?:một )?(?:ai|mô hình|trợ lý)
^(?:saya|aku|kami) (?:tidak|tak|belum|bisa|dapat|akan|perlu|adalah|mohon|minta|mengerti|boleh)
^(?:maaf|mohon|sayangnya|malangnya|harap|silakan|tolong berikan|dukacita)
^(?:tentu|baik|oke|ya|tidak)[!,.]|^(?:halo|hai)[!,.]
^(?:berikut|ini adalah|sepertinya|tampaknya|berdasarkan|nampaknya)
^(?:bisakah|apakah|bolehkah|dapatkah|apa yang bisa) (?:anda|kamu|saya)
^(?:pengguna|user) (?:ingin|meminta|bertanya|membutuhkan|mau|mahu)
sebagai (?:sebuah )?(?:ai|model bahasa|asisten)
"""

FAILURE = r"""
không|lỗi|hỏng|sai|thiếu|chậm|treo|chưa|bị|tidak|tak|gagal|error|rusak|masalah|lambat|hilang|salah|belum|kesalahan
"""

THINGS = r"""
đây|vào đây|di sini|ke sini|phạm vi|cakupan|lingkup
chủ đề|topik|repositori|kho|tiket|vé|khả dụng
mã|mã nguồn|dự án|hình ảnh|ảnh|gửi|kode|proyek|gambar|dikirim|disediakan|deskripsi|mô tả|kod|projek|dihantar
gì|nào|apa|mana|etika|etis|ilegal|đạo đức|bất hợp pháp
tệp|đính kèm|văn bản|trước đó|chỉ định|hoàn chỉnh|làm rõ|berkas|dilampirkan|lampiran|teks|sebelumnya|ditentukan|
    memadai|lengkap|klarifikasi
liên kết|đường dẫn|trang web|trang|internet|nội dung|thông tin|chi tiết|yêu cầu|tin nhắn|ngữ cảnh|bối cảnh|nhiệm vụ|
    tác vụ|người dùng|tài liệu|truy cập|quyền|mở|xem|đọc|hiểu|giúp|hỗ trợ|xác định|thêm|rõ ràng|rõ|đủ|cụ thể|có|được|
    này|vào|tôi|cần|bên ngoài|câu hỏi|tiêu đề|cung cấp|cho|về|của|để|đến|từ|bạn|hơn|url|figma
(?:tautan|link|pautan|halaman|situs|laman|web|internet|konten|isi|kandungan|informasi|maklumat|detail|rincian|
    permintaan|pesan|konteks|tugas|pengguna|dokumen|akses|mengakses|diakses|buka|membuka|dibuka|lihat|melihat|dilihat|
    baca|membaca|membantu|bantu|memahami|dipahami|menentukan|tersedia|jelas|cukup|lebih|lanjut|lebih lanjut|tambahan|
    dapat|bisa|boleh|ini|eksternal|luar|pertanyaan|judul|diberikan|memiliki|ada|ke|dari|untuk|yang|tentang|anda|
    url|kepada)
"""

LACKS = r"""
dán|tempel\w*|salin
bị (?:chặn|thiếu|ẩn|khóa)|quá \w+|riêng tư|hilang|diblokir|terlalu \w+|terkunci|privat|dilarang
không|chưa|thiếu|cần thêm|cần|không đủ|không rõ|mơ hồ|không thể|bị từ chối|từ chối|vô nghĩa|chờ|đang chờ|trống|
    không xác định
tidak|tak|tanpa|kurang|belum|perlu|butuh|membutuhkan|memerlukan|dibutuhkan|diperlukan|ditolak|ambigu|kosong|menunggu|
    mustahil|samar|tidak jelas|terbatas
"""

WORK = r"""
sửa|khắc phục|tối ưu|cải thiện|tạo|xây dựng|triển khai|xóa|perbaiki|tambahkan|buat|hapus|tingkatkan|implementasi\w*|
    ubah
"""

PLACEHOLDER = r"""
không có tiêu đề|chưa đặt tên|tiêu đề|nhiệm vụ(?: mới)?|không rõ|không xác định|tanpa judul|judul|tugas(?: baru)?|
    tidak diketahui|tiada tajuk
"""

TURNS = r"""
lời chào|chào hỏi|cảm ơn|câu hỏi|trả lời|trò chuyện|chung|sapaan|salam|terima kasih|pertanyaan|jawaban|percakapan|umum
"""
