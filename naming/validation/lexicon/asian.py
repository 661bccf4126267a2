"""Vietnamese and Indonesian words.

Vietnamese keeps its own letters when folded, and loses them when typed in haste.
"""

SMALL = {
    "vi": """
và là của cho các những một trong trên với không được có này đó khi thì ở từ đến ra vào để bị do vì nếu như đã đang sẽ
tôi bạn chúng ta mình nó họ nào gì sao tại hãy giúp rất quá nhưng hoặc hay cũng chỉ sau trước giữa bằng theo về mọi mỗi
khong duoc cua nhung trong voi nhu
""",
    "id": """
yang dan di ke dari untuk dengan pada ini itu tidak ada adalah akan sudah belum bisa dapat harus atau jika kalau karena
saat ketika setelah sebelum tanpa dalam oleh juga hanya lebih sangat terlalu saya kamu anda kami kita mereka apa
mengapa kenapa bagaimana mana siapa semua setiap tolong agar supaya tapi tetapi sejak antara bagi seperti
""",
}

WORK = {
    "vi": """
sửa thêm tạo làm viết xóa xoá cập nhật cải thiện thiết kế kiểm tra tìm kiếm tối ưu tăng tốc cấu hình cài đặt gửi lưu
tải chuyển hiển thị giải thích thay đổi xây dựng triển khai khắc phục lỗi dịch
""",
    "id": """
perbaiki perbaikan memperbaiki tambah tambahkan menambahkan penambahan buat buatkan membuat pembuatan implementasi
implementasikan tingkatkan hapus menghapus penghapusan perbarui pembaruan ubah mengubah tampilkan menampilkan tulis
periksa cek jelaskan menjelaskan cari mencari pencarian optimalkan percepat mempercepat konfigurasi pasang kirim
mengirim simpan muat dimuat berfungsi gagal konversi terjemahkan selesaikan ganti unduh unggah
""",
}

THINGS = {
    "vi": """
trang nút người dùng lỗi tin nhắn khách hàng đơn hóa thanh toán tệp danh sách bảng biểu mẫu tài khoản mật khẩu đăng
nhập xuất vấn đề chậm nhanh mới cũ dữ liệu màn hình ảnh báo cáo giá sản phẩm dự án nhiệm vụ ngôn ngữ tên điện thoại chủ
liên hệ giỏ hàng
""",
    "id": """
halaman tombol pengguna kesalahan pesan pengaturan pelanggan pesanan faktur pembayaran berkas file daftar tabel formulir
kolom akun sandi masuk keluar utama beranda masalah hilang rusak lambat cepat kosong baru lama sementara koneksi
layar gambar dokumen laporan harga produk proyek tugas bahasa nama alamat nomor waktu hari minggu bulan tahun
ponsel permintaan jawaban contoh fungsi keranjang kontak situs error tes
""",
}

LETTERS = {"vi": "đăơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "id": ""}
ENDINGS = {"id": "kan|nya|annya|asi"}
