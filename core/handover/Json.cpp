#include "core/handover/Json.h"

#include "core/handover/Errors.h"

namespace naru::handover {

namespace {
class Parser {
public:
    Parser(QStringView text, const JsonBudget &budget)
        : m_text(text)
        , m_budget(budget)
    {
    }

    base::Result<Json> document()
    {
        Json root;
        skipSpace();
        NARU_TRY(value(root, 0));
        skipSpace();
        if (m_at != m_text.size())
            return broken("text after the end of the JSON");
        return root;
    }

private:
    // Recursion is bounded by the depth budget.
    base::Status value(Json &out, int depth)
    {
        if (depth > m_budget.depth)
            return broken("nested too deeply");
        if (++m_values > m_budget.values)
            return broken("too many values");
        out.line = m_line;
        out.column = column();
        switch (peek().unicode()) {
        case u'{':
            return object(out, depth);
        case u'[':
            return array(out, depth);
        case u'"':
            out.kind = Json::Kind::String;
            return string(out.text);
        case u't':
            return word(out, u"true", Json::Kind::Boolean);
        case u'f':
            return word(out, u"false", Json::Kind::Boolean);
        case u'n':
            return word(out, u"null", Json::Kind::Null);
        default:
            return number(out);
        }
    }

    base::Status object(Json &out, int depth)
    {
        out.kind = Json::Kind::Object;
        ++m_at;
        skipSpace();
        if (take(u'}'))
            return {};
        do {
            skipSpace();
            if (peek() != u'"')
                return broken("a name in quotes is expected");
            out.keys.emplace_back();
            NARU_TRY(string(out.keys.back()));
            skipSpace();
            if (!take(u':'))
                return broken("':' is expected");
            skipSpace();
            out.items.emplace_back();
            NARU_TRY(value(out.items.back(), depth + 1));
            skipSpace();
        } while (take(u','));
        return take(u'}') ? base::Status() : broken("',' or '}' is expected");
    }

    base::Status array(Json &out, int depth)
    {
        out.kind = Json::Kind::Array;
        ++m_at;
        skipSpace();
        if (take(u']'))
            return {};
        do {
            skipSpace();
            out.items.emplace_back();
            NARU_TRY(value(out.items.back(), depth + 1));
            skipSpace();
        } while (take(u','));
        return take(u']') ? base::Status() : broken("',' or ']' is expected");
    }

    base::Status string(QString &out)
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'"') {
                ++m_at;
                return {};
            }
            if (c < u' ')
                return broken("a control character inside a text");
            if (c == u'\\')
                NARU_TRY(escape(out));
            else
                out += c;
        }
        return broken("a text that does not end");
    }

    base::Status escape(QString &out)
    {
        ++m_at;
        const QChar c = peek();
        static constexpr QStringView names = u"\"\\/bfnrt";
        static constexpr QStringView meanings = u"\"\\/\b\f\n\r\t";
        if (const qsizetype known = c.isNull() ? -1 : names.indexOf(c); known >= 0) {
            out += meanings[known];
            return {};
        }
        bool ok = false;
        const auto hex = m_text.sliced(m_at, qMin<qsizetype>(5, m_text.size() - m_at));
        const uint code = hex.size() == 5 && hex[0] == u'u' ? hex.sliced(1).toUInt(&ok, 16) : 0;
        if (!ok || hex[1] == u'+' || hex[1] == u'-')
            return broken("an unknown escape");
        out += QChar(char16_t(code));
        m_at += 4;
        return {};
    }

    base::Status word(Json &out, QStringView expected, Json::Kind kind)
    {
        if (!m_text.sliced(m_at).startsWith(expected))
            return broken("a value is expected");
        m_at += expected.size();
        out.kind = kind;
        if (kind == Json::Kind::Boolean)
            out.text = expected.toString();
        return {};
    }

    bool digits()
    {
        const qsizetype from = m_at;
        while (peek() >= u'0' && peek() <= u'9')
            ++m_at;
        return m_at > from;
    }

    base::Status number(Json &out)
    {
        const qsizetype from = m_at;
        take(u'-');
        const bool zero = peek() == u'0';
        if (!digits() || (zero && m_at - from > (m_text[from] == u'-' ? 2 : 1)))
            return broken("a value is expected");
        if (take(u'.') && !digits())
            return broken("a digit is expected");
        if (take(u'e') || take(u'E')) {
            if (!take(u'+'))
                take(u'-');
            if (!digits())
                return broken("a digit is expected");
        }
        out.kind = Json::Kind::Number;
        out.text = m_text.sliced(from, m_at - from).toString();
        return {};
    }

    QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    bool take(char16_t c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        for (; m_at < m_text.size(); ++m_at) {
            const char16_t c = m_text[m_at].unicode();
            if (c == u'\n') {
                ++m_line;
                m_lineStart = m_at + 1;
            } else if (c != u' ' && c != u'\t' && c != u'\r') {
                return;
            }
        }
    }
    int column() const { return int(m_at - m_lineStart) + 1; }
    base::Error broken(const char *what) const
    {
        const QString place = QStringLiteral("line %1, column %2").arg(m_line).arg(column());
        return base::Error(errors::Broken, QLatin1String(what) + QStringLiteral(" at ") + place,
            {{QStringLiteral("place"), place}, {QStringLiteral("what"), QLatin1String(what)}});
    }

    QStringView m_text;
    const JsonBudget &m_budget;
    qsizetype m_at = 0, m_lineStart = 0;
    int m_line = 1, m_values = 0;
};

const Json nothing{};
} // namespace

const Json &Json::operator[](QLatin1String key) const
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] == key)
            return items[i];
    }
    return nothing;
}

const Json &Json::at(std::size_t index) const
{
    return isArray() && index < items.size() ? items[index] : nothing;
}

base::Result<Json> parseJson(QStringView text, const JsonBudget &budget)
{
    return Parser(text, budget).document();
}

} // namespace naru::handover
