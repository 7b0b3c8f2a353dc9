// Random data sets in the one form that a value has: for properties that must hold for all of them.
#pragma once

#include "core/base/Oid.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/DataSetValue.h"

#include <QRandomGenerator>

#include <array>

namespace naru::imaging::test {

class RandomDataSet {
public:
    explicit RandomDataSet(quint32 seed)
        : m_random(seed)
    {
    }
    // A whole object: SOP class and UIDs of its own.
    DataSetValue make()
    {
        DataSetValue set = level(0);
        set.setText(attr::CharacterSet, QStringLiteral("ISO_IR 192"));
        set.setText(attr::SopClass, base::oid("sopKeyObjects").text());
        set.setText(attr::SopUid, uid());
        return set;
    }

private:
    int below(int end) { return int(m_random.bounded(end)); }
    QString uid() { return QStringLiteral("2.25.%1").arg(m_random.bounded(1, 2'000'000'000)); }
    QString word(int most)
    {
        static const QStringList letters{QStringLiteral("A"), QStringLiteral("z"), QStringLiteral("7"),
            QStringLiteral("홍"), QStringLiteral("뷁"), QStringLiteral("洪"), QStringLiteral("é"),
            QStringLiteral("-"), QStringLiteral("Ω"), QStringLiteral("𠮷")};
        QString out;
        for (int i = below(most) + 1; i > 0; --i)
            out += letters[below(int(letters.size()))];
        return out;
    }
    QString ascii(int most)
    {
        QString out;
        for (int i = below(most) + 1; i > 0; --i)
            out += QLatin1Char("ABCDEFGHIJ0123456789"[below(20)]);
        return out;
    }
    QString textOf(quint16 vr)
    {
        switch (vr) {
        case vrOf("PN"):
            return word(8) + QLatin1Char('^') + word(4)
                + (below(2) ? QStringLiteral("=") + word(3) : QString()) + QString();
        case vrOf("DA"):
            return QStringLiteral("19%1%2%3")
                .arg(below(90) + 10)
                .arg(below(9) + 1, 2, 10, QLatin1Char('0'))
                .arg(below(18) + 10);
        case vrOf("TM"):
            return QStringLiteral("1%1%2%3").arg(below(10)).arg(below(50) + 10).arg(below(50) + 10);
        case vrOf("DT"):
            return QStringLiteral("20%1%2%3")
                .arg(below(90) + 10)
                .arg(below(9) + 1, 2, 10, QLatin1Char('0'))
                .arg(below(18) + 10);
        case vrOf("AS"):
            return QStringLiteral("0%1Y").arg(below(90) + 10);
        case vrOf("DS"):
            return decimalString((below(2'000'000) - 1'000'000) / double(1 + below(999)));
        case vrOf("IS"):
            return QString::number(below(2'000'000'000) - 1'000'000'000);
        case vrOf("SV"):
            return QString::number(qint64(m_random.generate64()));
        case vrOf("UV"):
            return QString::number(m_random.generate64() >> 11); // pydicom writes JSON numbers
        case vrOf("UI"):
            return uid();
        case vrOf("UR"):
            return QStringLiteral("https://example.org/") + ascii(9);
        case vrOf("AE"):
        case vrOf("CS"):
            return ascii(16);
        default:
            return vr == vrOf("LT") || vr == vrOf("ST") || vr == vrOf("UT")
                ? word(9) + QStringLiteral("\r\n") + word(9)
                : word(9);
        }
    }
    double numberOf(quint16 vr)
    {
        switch (vr) {
        case vrOf("US"):
            return below(65536);
        case vrOf("SS"):
            return below(65536) - 32768;
        case vrOf("SL"):
            return qint32(m_random.generate());
        case vrOf("FL"):
            return double(float(below(4000)) / 8);
        case vrOf("FD"):
            return below(1'000'000) / 7.0;
        default:
            return m_random.generate();
        }
    }
    DataElement element(quint32 tag, quint16 vr, int depth)
    {
        DataElement out;
        out.tag = tag;
        out.vr = vr;
        const VrRow &row = vrRow(vr);
        const int values = below(8) == 0                   ? 0
            : row.several || row.form == ValueForm::Number ? 1 + below(3)
                                                           : 1;
        for (int i = 0; i < values && row.form == ValueForm::Text; ++i)
            out.texts.append(textOf(vr));
        for (int i = 0; i < values && row.form == ValueForm::Number; ++i)
            out.numbers.push_back(numberOf(vr));
        for (int i = 0; i < values * 8 && row.form == ValueForm::Bytes; ++i)
            out.bytes.append(char(below(256)));
        for (int i = 0; i < values && row.form == ValueForm::Items; ++i)
            out.items.push_back(level(depth + 1));
        return out;
    }
    DataSetValue level(int depth)
    {
        // One attribute of each VR, so that each is met often.
        static constexpr std::array tags{0x00080054u, 0x00101010u, 0x00209165u, 0x00080060u, 0x00080020u,
            0x00281053u, 0x0008002Au, 0x00189073u, 0x00089459u, 0x00200013u, 0x00081030u, 0x00104000u,
            0x00420011u, 0x00701A0Du, 0x00660016u, 0x00660129u, 0x7FE00001u, 0x54001010u, 0x00100010u,
            0x00081010u, 0x00186020u, 0x00081140u, 0x00189219u, 0x00080081u, 0x00720082u, 0x00080030u,
            0x00080119u, 0x0020000Du, 0x00186018u, 0x00080119u, 0x00280010u, 0x00081190u, 0x0040A160u,
            0x00720083u, 0x0040A730u, 0x00100020u, 0x00400275u};
        DataSetValue out;
        for (const quint32 tag : tags) {
            const quint16 vr = dictionaryVr(tag);
            if (below(3) == 0 && (vr != vrOf("SQ") || depth < 4))
                out.put(element(tag, vr, depth));
        }
        if (below(3) == 0) { // private: a creator and a value of unknown VR
            DataElement creator;
            creator.tag = 0x00290010;
            creator.vr = vrOf("LO");
            creator.texts = {QStringLiteral("NARU TEST")};
            out.put(creator);
            out.put(element(0x00291001, vrOf("UN"), depth));
        }
        return out;
    }

    QRandomGenerator m_random;
};

} // namespace naru::imaging::test
