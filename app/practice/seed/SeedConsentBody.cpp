#include "app/practice/seed/SeedConsentBody.h"

#include "app/practice/seed/SeedSectionXml.h"
#include "core/base/Oid.h"

#include <QtEndian>
#include <cmath>

namespace naru::practice {

using clinical::ConsentStatement;

namespace {
QString signerWord(ConsentStatement::Signer signer)
{
    switch (signer) {
    case ConsentStatement::Signer::Self:
        return QStringLiteral("본인");
    case ConsentStatement::Signer::Family:
        return QStringLiteral("가족");
    case ConsentStatement::Signer::LegalRepresentative:
        return QStringLiteral("법정대리인");
    default:
        return QStringLiteral("기타");
    }
}

QString departmentsText(const std::vector<clinical::Department> &list)
{
    QStringList out;
    for (const auto &one : list)
        out.append(QStringLiteral("%1 %2").arg(one.code, one.name));
    return out.isEmpty() ? QStringLiteral("없음") : out.join(QLatin1String(", "));
}

// Row 8 holds the excluded departments: readers count rows.
QList<QStringList> consentRows(const ConsentStatement &consent)
{
    return {{QStringLiteral("동의일자"), consent.date.toDisplay()},
        {QStringLiteral("정책유형"), QStringLiteral("전체 동의")},
        {QStringLiteral("제공받는 자"), consent.recipientText},
        {QStringLiteral("이용 목적"), consent.purposeText}, {QStringLiteral("제공 항목"), consent.itemsText},
        {QStringLiteral("보유·이용 기간"), consent.periodText},
        {QStringLiteral("거부할 권리"), consent.refusalText},
        {QStringLiteral("동의제외 진료과"), departmentsText(consent.excludedDepartments)}};
}

// Rows 4 to 6 are institutions, 8 and 9 departments, 10 the reason of a whole withdrawal.
QList<QStringList> withdrawalRows(const ConsentStatement &consent)
{
    const QString none = QStringLiteral("해당 없음");
    return {{QStringLiteral("철회일"), consent.date.toDisplay()},
        {QStringLiteral("정책유형"), QStringLiteral("전체 철회")}, {QStringLiteral("철회 대상 기관"), none},
        {QStringLiteral("기관명"), none}, {QStringLiteral("기관 OID"), none},
        {QStringLiteral("기관 철회 사유"), none}, {QStringLiteral("철회 대상 진료과"), none},
        {QStringLiteral("진료과"), none}, {QStringLiteral("진료과 철회 사유"), none},
        {QStringLiteral("전체 철회 사유"), consent.reason}};
}

void table(SeedXml &xml, const QList<QStringList> &rows)
{
    xml.open("table", {{"border", QStringLiteral("1")}});
    xml.open("tbody");
    for (const QStringList &row : rows) {
        xml.open("tr");
        xml.text("th", row.value(0));
        xml.text("td", row.value(1));
        xml.close();
    }
    xml.close();
    xml.close();
}

quint32 crc32(QByteArrayView bytes)
{
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

void chunk(QByteArray &png, const char *type, const QByteArray &data)
{
    const QByteArray body = QByteArray(type) + data;
    const quint32 size = qToBigEndian(quint32(data.size()));
    const quint32 crc = qToBigEndian(crc32(body));
    png.append(reinterpret_cast<const char *>(&size), 4)
        .append(body)
        .append(reinterpret_cast<const char *>(&crc), 4);
}
} // namespace

QByteArray signatureStroke(const QString &name)
{
    constexpr int width = 160;
    constexpr int height = 48;
    quint32 mix = 2166136261U;
    for (const QChar c : name)
        mix = (mix ^ c.unicode()) * 16777619U;
    QByteArray pixels(height * (width + 1), char(0xFF));
    for (int y = 0; y < height; ++y)
        pixels[y * (width + 1)] = 0; // filter type of the row
    for (int x = 8; x < width - 8; ++x) {
        const double wave = std::sin(x / (4.0 + mix % 7)) * 10 + std::sin(x / (11.0 + mix / 7 % 9)) * 8;
        const int y = std::clamp(24 + int(wave), 1, height - 2);
        for (int thick = 0; thick < 2; ++thick)
            pixels[(y + thick) * (width + 1) + 1 + x] = char(0x20);
    }
    QByteArray png("\x89PNG\r\n\x1a\n", 8);
    QByteArray header(13, '\0');
    qToBigEndian<quint32>(width, header.data());
    qToBigEndian<quint32>(height, header.data() + 4);
    header[8] = 8; // bits, greyscale
    chunk(png, "IHDR", header);
    chunk(png, "IDAT",
        qCompress(pixels, 6).mid(4)); // qCompress puts four bytes of length before the zlib stream
    chunk(png, "IEND", {});
    return png;
}

void writeSeedConsent(SeedXml &xml, const clinical::Document &document)
{
    const ConsentStatement &consent = *document.consent;
    const bool withdrawal = document.form == clinical::Form::Withdrawal;
    openSeedSection(xml, "consent", withdrawal ? QStringLiteral("철회 내용") : QString());
    xml.open("text");
    xml.text("paragraph",
        QStringLiteral("%1 주체: %2 (%3), 환자와의 관계: %4")
            .arg(withdrawal ? QStringLiteral("철회") : QStringLiteral("동의"), consent.signerName,
                consent.signerPhone, signerWord(consent.signer)),
        {{"ID", QStringLiteral("relationship")}});
    table(xml, withdrawal ? withdrawalRows(consent) : consentRows(consent));
    xml.close();
    closeSeedSection(xml);
    if (consent.signaturePng.isEmpty())
        return;
    openSeedSection(xml, "signature");
    xml.open("text");
    xml.text("paragraph", consent.signerName);
    xml.empty("renderMultiMedia", {{"referencedObject", QStringLiteral("signature")}});
    xml.close();
    xml.open("entry");
    xml.open("observationMedia",
        {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")},
            {"ID", QStringLiteral("signature")}});
    xml.text("value", QString::fromLatin1(consent.signaturePng.toBase64()),
        {{"xsi:type", QStringLiteral("ED")}, {"mediaType", QStringLiteral("image/png")},
            {"representation", QStringLiteral("B64")}});
    xml.close();
    xml.close();
    closeSeedSection(xml);
}

} // namespace naru::practice
