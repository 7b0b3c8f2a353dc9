#include "core/cda/write/CdaWriter.h"

#include "core/cda/Errors.h"
#include "core/cda/write/HeaderWriter.h"
#include "core/cda/write/SectionWriter.h"

namespace naru::cda {

namespace {
constexpr int koreaOffsetSeconds = 9 * 3600;

base::Result<const FormTemplate *> templateOf(clinical::Form form, const WriteProfile &profile)
{
    if (form == clinical::Form::Unknown)
        return errors::NoForm;
    const FormTemplate *found = profile.form(form);
    if (!found || found->templateIds.isEmpty())
        return base::Error(errors::NoTemplate, {}, {{QStringLiteral("form"), clinical::formKey(form)}});
    return found;
}

base::Status checkNumber(const clinical::Institution &institution)
{
    const bool digits = std::all_of(institution.number.begin(), institution.number.end(),
        [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    if (institution.number.size() != 8 || !digits)
        return errors::InstitutionNumber;
    return {};
}
} // namespace

base::Result<QByteArray> writeDocument(const clinical::Document &document, const WriteProfile &profile)
{
    NARU_ASSIGN(const FormTemplate *formTemplate, templateOf(document.form, profile));
    XmlOut out;
    out.start("ClinicalDocument",
        {{"xmlns", QStringLiteral("urn:hl7-org:v3")},
            {"xmlns:xsi", QStringLiteral("http://www.w3.org/2001/XMLSchema-instance")},
            {"xmlns:sdtc", QStringLiteral("urn:hl7-org:sdtc")}});
    writeHeader(out, document, profile, *formTemplate);
    writeBody(out, document, profile, *formTemplate);
    out.end();
    return out.finish();
}

base::Result<QString> newDocumentId(clinical::Form form, const clinical::Institution &institution,
    const base::Clock &clock, const RandomBytes &random, const WriteProfile &profile)
{
    NARU_ASSIGN(const FormTemplate *formTemplate, templateOf(form, profile));
    NARU_TRY(checkNumber(institution));
    const QDateTime korea = clock.nowUtc().toOffsetFromUtc(koreaOffsetSeconds);
    quint64 number = 0;
    for (const char byte : random(8))
        number = number << 8 | uchar(byte);
    // 64 random bits modulo a million: the bias is below 1e-13.
    const QString digits = QString::number(number % 1'000'000).rightJustified(6, QLatin1Char('0'));
    return formTemplate->templateIds.first() + QLatin1Char('.') + institution.number + QLatin1Char('.')
        + korea.toString(QStringLiteral("yyyyMMddHHmmss")) + digits;
}

base::Result<QString> requestNumber(
    const clinical::Institution &institution, const base::Clock &clock, int serial)
{
    NARU_TRY(checkNumber(institution));
    if (serial < 1 || serial > 99'999)
        return errors::Serial;
    const QDateTime korea = clock.nowUtc().toOffsetFromUtc(koreaOffsetSeconds);
    return institution.number + korea.toString(QStringLiteral("yyyyMMdd"))
        + QString::number(serial).rightJustified(5, QLatin1Char('0'));
}

} // namespace naru::cda
