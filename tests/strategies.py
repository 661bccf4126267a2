"""What to try a namer with: `prompts` are like what people send, `hostile_text` is like what breaks programs."""

from __future__ import annotations

from hypothesis import strategies as st

SURROGATES = st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF)
INVISIBLES = st.sampled_from(
    [
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "\U000e0041",
        "\x00",
        "\x1b",
        "\x9b",
        "\u180e",
        "\ufe0f",
    ]
)
SPACES = st.sampled_from([" ", "\n", "\t", "\r\n", "\u2028", "\u3000", "\xa0", "\x0b", "\x1c"])
MARKUP = st.sampled_from(
    """``` ```python ~~~ <!-- --> < > </ <a_b> </a_b> <task> </task> []( ]( [x] --- ** ` _ | { } {"task":" "} :// https://
    www. &#x41; &amp; @ a@b.co ' " ( ) […] [0m = + diff @@""".split()
)
LINES = st.sampled_from(
    [
        "> ",
        "# ",
        "- ",
        "\x1b[31m",
        "\x1b]0;title\x07",
        "diff --git a/x b/x",
        "@@ -1 +1 @@",
        "Traceback (most recent call last):",
        "  File 'a.py', line 1",
        "KeyError: 'x'",
        "Title: ",
        "## My request:",
        "import x;",
        "x = 1;",
        "-----BEGIN RSA PRIVATE KEY-----",
        "password: ",
    ]
).map(lambda line: f"\n{line}\n")
EMOJI = st.sampled_from(["🔥", "👨‍👩‍👧", "🏳️‍🌈", "1️⃣", "🚀🚀", "👍🏽"])
MARKS = st.text(st.characters(categories=["Mn", "Me"]), min_size=1, max_size=40)
WORDS = st.sampled_from(
    """please fix the login button on mobile hi Claude can you help me with add tests for C++ C# Vec<T> don't user's N/A
    I/O AT&T task 42 go to a an of and new settings null refactor useAuth snake_case_name kebab-case-name
    src/auth/login.ts node.js v1.2.3 #42 ABC-123 acme/webapp iPhone npm act as you are expert i want you to your is
    following: 修复登录按钮 请帮我 ログインのバグを直してください 로그인 고쳐주세요 Исправить вход пожалуйста إصلاح
    تسجيل الدخول แก้ไขปุ่ม लॉगिन ठीक करें corrige o botão größe Straße naïve çalışma ÉCLAIR ǅ ﬁx Ｆｉｘ 𝐛𝐨𝐥𝐝 ı İ""".split()
)
PLAIN = st.text(max_size=12)

hostile_text = st.lists(
    st.one_of(
        WORDS, WORDS, SPACES, SPACES, MARKUP, LINES, INVISIBLES, EMOJI, MARKS, SURROGATES, PLAIN
    ),
    max_size=40,
).map("".join)
"""Fragments of everything that once hurt somebody, in any order."""

sentences = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
prompts = st.lists(
    st.tuples(sentences, st.sampled_from([".", "?", "\n", "\n\n", ":\n- ", "", "!"])),
    min_size=1,
    max_size=5,
).map(lambda pairs: " ".join(sentence + end for sentence, end in pairs))
"""A few sentences of the words that people use, in several languages."""

repeated = st.tuples(
    st.one_of(MARKUP, WORDS, SPACES, INVISIBLES, EMOJI), st.integers(1, 6_000)
).map(lambda pair: pair[0] * pair[1])
"""One fragment, very often: where quadratic patterns hide."""
