#include "core/imaging/objects/Anonymise.h"
#include "core/base/Digest.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/Deidentifier.h"

#include <algorithm>
#include <array>

namespace naru::imaging {

namespace {
constexpr int SecretBytes = 32;
constexpr int LeastSecret = 16;

base::Error contradiction(const char *what)
{
    return base::Error(errors::BadOption, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

// 16 bytes as a decimal number: the form of UIDs below 2.25 (PS3.5 B.2).
QString decimalOf(QByteArray bytes)
{
    QString digits;
    while (std::any_of(bytes.begin(), bytes.end(), [](char byte) { return byte != 0; })) {
        int rest = 0;
        for (char &byte : bytes) {
            const int part = rest * 256 + uchar(byte);
            byte = char(part / 10);
            rest = part % 10;
        }
        digits.prepend(QChar(u'0' + rest));
    }
    return digits.isEmpty() ? QStringLiteral("0") : digits;
}

struct OptionCode {
    bool AnonymiseOptions::*option;
    const char *code;
};
constexpr std::array optionCodes{OptionCode{&AnonymiseOptions::keepGraphics, "deidentifyGraphics"},
    OptionCode{&AnonymiseOptions::keepDescriptors, "deidentifyDescriptors"},
    OptionCode{&AnonymiseOptions::keepDates, "deidentifyFullDates"},
    OptionCode{&AnonymiseOptions::keepPatient, "deidentifyPatient"},
    OptionCode{&AnonymiseOptions::keepDevice, "deidentifyDevice"},
    OptionCode{&AnonymiseOptions::keepUids, "deidentifyUids"},
    OptionCode{&AnonymiseOptions::keepInstitution, "deidentifyInstitution"}};

// What was done, for whoever receives it (PS3.15 E.1.1, PS3.3 C.7.1.1).
void putMethod(const AnonymiseOptions &options, DataSetValue &set)
{
    set.setText(attr::IdentityRemoved, QStringLiteral("YES"));
    set.setText(attr::Method, QStringLiteral("Naru: PS3.15 E, attributes only"));
    std::vector<DataSetValue> codes{codeItem(code("deidentifyBasic"))};
    for (const OptionCode &row : optionCodes) {
        if (options.*row.option)
            codes.push_back(codeItem(code(row.code)));
    }
    if (options.shiftDays)
        codes.push_back(codeItem(code("deidentifyShiftedDates")));
    set.setItems(attr::MethodCodes, std::move(codes));
    set.setText(attr::LongitudinalModified,
        options.keepDates       ? QStringLiteral("UNMODIFIED")
            : options.shiftDays ? QStringLiteral("MODIFIED")
                                : QStringLiteral("REMOVED"));
}

// Pixels that carry names more often than not: by their modality, or because a screen was photographed. A
// CT's dose page or reformat has the modality CT.
bool isTextual(const DataSetValue &set)
{
    static constexpr std::array textual{"US", "SC", "OT", "XC", "ES", "DOC", "IVUS", "BMD", "GM"};
    const QString modality = set.text(attr::Modality), sopClass = set.text(attr::SopClass);
    const QString captures = base::oid("sopSc").text();
    return sopClass == captures || sopClass.startsWith(captures + QLatin1Char('.'))
        || set.texts(attr::ImageType).contains(QLatin1String("SCREEN SAVE"))
        || std::any_of(textual.begin(), textual.end(),
            [&modality](const char *one) { return modality == QLatin1String(one); });
}

QStringList warningsOf(const DataSetValue &set, const AnonymiseOptions &options)
{
    QStringList out;
    const QString burned = set.text(attr::BurnedIn);
    if (burned == QLatin1String("YES"))
        out.append(QStringLiteral("burnedIn"));
    else if (set.has(attr::PixelData) && burned != QLatin1String("NO") && isTextual(set))
        out.append(QStringLiteral("burnedInLikely"));
    if (set.text(attr::RecognizableFeatures) == QLatin1String("YES"))
        out.append(QStringLiteral("recognizableFace"));
    if (options.keepGraphics && (set.has(attr::GraphicAnnotation) || set.has(0x60003000)))
        out.append(QStringLiteral("graphics"));
    return out;
}
} // namespace

base::Result<Anonymiser> Anonymiser::make(const AnonymiseOptions &options, const QByteArray &secret)
{
    if (options.keepDates && options.shiftDays)
        return contradiction("dates");
    if (options.shiftDays && *options.shiftDays == 0)
        return contradiction("shift");
    if (!secret.isEmpty() && secret.size() < LeastSecret)
        return contradiction("secret");
    Anonymiser out;
    out.m_options = options;
    out.m_secret = secret.isEmpty() ? base::randomBytes(SecretBytes) : secret;
    return out;
}

QString Anonymiser::uid(const QString &original) const
{
    if (original.isEmpty())
        return {};
    constexpr qsizetype UuidBytes = 16;
    return QStringLiteral("2.25.")
        + decimalOf(base::hmacSha256(m_secret, "uid:" + original.toUtf8()).left(UuidBytes));
}

base::Result<Anonymised> Anonymiser::apply(const DataSetValue &set) const
{
    const QString documents = base::oid("sopEncapsulated").text() + QLatin1Char('.');
    if (set.has(attr::Document) || set.text(attr::SopClass).startsWith(documents))
        return errors::EmbeddedDocument;
    Deidentifier work(*this, m_options, set);
    Anonymised out;
    out.set = work.apply(set, 0);
    out.counts = work.counts();
    out.warnings = warningsOf(set, m_options);
    // The same patient stays one patient, and nobody can count back who it was.
    const QByteArray patient = "patient:" + set.text(attr::PatientId).toUtf8() + '\n'
        + set.text(attr::IssuerOfPatientId).toUtf8() + '\n'
        + (set.text(attr::PatientId).isEmpty() ? set.text(attr::PatientName).toUtf8() : QByteArray());
    const QString pseudonym = QStringLiteral("ANON")
        + QString::fromLatin1(base::hmacSha256(m_secret, patient).left(5).toHex().toUpper());
    out.set.setText(attr::PatientName, m_options.patientName.isEmpty() ? pseudonym : m_options.patientName);
    out.set.setText(attr::PatientId, m_options.patientId.isEmpty() ? pseudonym : m_options.patientId);
    putMethod(m_options, out.set);
    return out;
}

} // namespace naru::imaging
