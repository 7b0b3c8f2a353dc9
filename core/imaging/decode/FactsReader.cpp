#include "core/imaging/decode/FactsReader.h"
#include "core/base/Oid.h"
#include "core/imaging/decode/Tags.h"

#include <array>
#include <cmath>

namespace naru::imaging {

TextReader::TextReader(const DataSet &set, const TextReader *parent)
    : m_characters(set.has(tag::CharacterSet) || !parent ? CharacterSet(set.asciis(tag::CharacterSet))
                                                         : parent->m_characters)
{
}

QString TextReader::read(const DataSet &set, quint32 tag, CharacterSet::Kind kind)
{
    QByteArray bytes = set.bytes(tag, 64 * 1024);
    while (!bytes.isEmpty() && (bytes.back() == '\0' || bytes.back() == ' '))
        bytes.chop(1);
    CharacterSet::Decoded decoded = m_characters.decode(bytes, kind);
    m_guessed = m_guessed || decoded.guessed;
    decoded.text.remove(QChar(u'\0'));
    return decoded.text.trimmed().normalized(QString::NormalizationForm_C);
}

namespace {
struct KindRow {
    const char *oid;
    bool prefix;
    Kind kind;
};
constexpr std::array kinds{KindRow{"sopDirectory", false, Kind::Directory},
    KindRow{"sopPdf", false, Kind::Pdf}, KindRow{"sopSegmentation", false, Kind::Segmentation},
    KindRow{"sopKeyObjects", false, Kind::KeyObjects}, KindRow{"sopReports", true, Kind::Report},
    KindRow{"sopPresentations", true, Kind::Presentation}, KindRow{"sopWaveforms", true, Kind::Waveform}};

constexpr std::array videoSyntaxes{"tsMpeg2Main", "tsMpeg2High", "tsMpeg4High", "tsMpeg4Bd", "tsMpeg42D",
    "tsMpeg43D", "tsMpeg4Stereo", "tsHevcMain", "tsHevcMain10"};

Kind kindOf(const ImageFacts &facts, const DataSet &set)
{
    for (const char *name : videoSyntaxes) {
        // Fragmentable variants have a further arc (PS3.5 A.4.5).
        const QString uid = base::oid(name).text();
        if (facts.transferSyntax == uid || facts.transferSyntax.startsWith(uid + QLatin1Char('.')))
            return Kind::Video;
    }
    for (const KindRow &row : kinds) {
        const QString uid = base::oid(row.oid).text();
        if (facts.sopClass == uid || (row.prefix && facts.sopClass.startsWith(uid + QLatin1Char('.'))))
            return row.kind;
    }
    if (set.has(tag::PixelData) || set.has(tag::FloatPixels) || set.has(tag::DoublePixels))
        return Kind::Image;
    return set.has(tag::DirectoryRecords) ? Kind::Directory : Kind::Other;
}

// DA as YYYYMMDD; the dotted form of ACR-NEMA (PS3.5 6.2) becomes it.
QString dateOf(const DataSet &set, quint32 tag)
{
    QString text = set.ascii(tag);
    text.remove(QLatin1Char('.')).remove(QLatin1Char('-'));
    return text.left(8);
}

void readIdentity(const DataSet &set, TextReader &text, ImageFacts &facts)
{
    facts.sopUid = set.ascii(tag::SopUid);
    facts.studyUid = set.ascii(tag::StudyUid);
    facts.seriesUid = set.ascii(tag::SeriesUid);
    facts.frameOfReferenceUid = set.ascii(tag::FrameOfReference);
    facts.modality = set.ascii(tag::Modality);
    facts.bodyPart = set.ascii(tag::BodyPart);
    facts.laterality = set.ascii(tag::ImageLaterality);
    if (facts.laterality.isEmpty())
        facts.laterality = set.ascii(tag::Laterality);
    facts.viewPosition = set.ascii(tag::ViewPosition);
    facts.patientName = text.read(set, tag::PatientName, CharacterSet::Kind::Name);
    while (facts.patientName.endsWith(QLatin1Char('='))) // empty groups at the end say nothing (PS3.5 6.2.1)
        facts.patientName.chop(1);
    facts.patientId = text.read(set, tag::PatientId);
    facts.issuerOfPatientId = text.read(set, tag::IssuerOfPatientId);
    facts.birthDate = dateOf(set, tag::BirthDate);
    facts.sex = set.ascii(tag::Sex);
    facts.studyDate = dateOf(set, tag::StudyDate);
    facts.studyTime = set.ascii(tag::StudyTime);
    facts.studyDescription = text.read(set, tag::StudyDescription);
    facts.seriesDescription = text.read(set, tag::SeriesDescription);
    facts.accession = text.read(set, tag::Accession);
    facts.institution = text.read(set, tag::Institution);
    facts.manufacturer = text.read(set, tag::Manufacturer);
    facts.station = text.read(set, tag::Station);
    facts.seriesNumber = set.integer(tag::SeriesNumber, "IS");
    facts.instanceNumber = set.integer(tag::InstanceNumber, "IS");
    facts.acquisitionNumber = set.integer(tag::AcquisitionNumber, "IS");
    facts.imageType = set.asciis(tag::ImageType);
    facts.patientOrientation = set.asciis(tag::PatientOrientation);
}

// A value of the pixels' own type: VR US although the pixels are signed is common.
std::optional<int> pixelValue(const DataSet &set, quint32 tag, const ImageFacts &facts)
{
    const auto value = set.number(tag, facts.isSigned ? "SS" : "US");
    if (!value || std::abs(*value) > 2147483647.0)
        return std::nullopt;
    const int number = int(*value);
    if (facts.isSigned && facts.bitsAllocated <= 16 && number >= 0x8000)
        return number - 0x10000;
    return !facts.isSigned && number < 0 ? number & 0xFFFF : number;
}

void readPixelDescription(const DataSet &set, ImageFacts &facts)
{
    facts.rows = qMax(0, set.integer(tag::Rows, "US"));
    facts.columns = qMax(0, set.integer(tag::Columns, "US"));
    facts.samples = qMax(0, set.integer(tag::SamplesPerPixel, "US", 1));
    facts.bitsAllocated = qMax(0, set.integer(tag::BitsAllocated, "US"));
    facts.bitsStored = qMax(0, set.integer(tag::BitsStored, "US", facts.bitsAllocated));
    facts.highBit = set.integer(tag::HighBit, "US", facts.bitsStored - 1);
    facts.isSigned = set.integer(tag::PixelRepresentation, "US") == 1;
    facts.isFloat = set.has(tag::FloatPixels) || set.has(tag::DoublePixels);
    facts.planar = set.integer(tag::Planar, "US");
    facts.photometric = set.ascii(tag::Photometric).toUpper();
    const bool pixels = facts.isFloat || set.has(tag::PixelData);
    const int frames = set.integer(tag::NumberOfFrames, "IS", pixels ? 1 : 0);
    facts.frames = pixels ? qMax(1, frames) : 0;
    if (pixels && set.has(tag::NumberOfFrames) && frames < 1)
        facts.notes.append(QStringLiteral("NumberOfFrames is not a number above 0: taken as 1"));
    facts.lossy = set.ascii(tag::LossyCompression) == QLatin1String("01");
    facts.padding = pixelValue(set, tag::Padding, facts);
    facts.paddingLimit = pixelValue(set, tag::PaddingLimit, facts);
    facts.estimatedMagnification = set.number(tag::RadiographicMagnification, "DS").value_or(0);
    facts.presentationLutShape = set.ascii(tag::PresentationLutShape);
    const std::vector<double> aspect = set.numbers(tag::PixelAspect, "IS", 2);
    if (aspect.size() == 2 && aspect[0] >= 1 && aspect[1] >= 1 && aspect[0] < 1e6 && aspect[1] < 1e6)
        facts.aspect = {int(aspect[0]), int(aspect[1])};
    else if (set.has(tag::PixelAspect))
        facts.notes.append(QStringLiteral("PixelAspectRatio is unreadable"));
}

// Attributes that are there but say nothing usable, so that a reader of the notes knows.
void noteUnreadable(const DataSet &set, ImageFacts &facts)
{
    struct Row {
        quint32 tag;
        const char *vr, *name;
    };
    static constexpr std::array rows{Row{tag::Rows, "US", "Rows"}, Row{tag::Columns, "US", "Columns"},
        Row{tag::BitsAllocated, "US", "BitsAllocated"}, Row{tag::BitsStored, "US", "BitsStored"},
        Row{tag::Slope, "DS", "RescaleSlope"}, Row{tag::Intercept, "DS", "RescaleIntercept"},
        Row{tag::SeriesNumber, "IS", "SeriesNumber"}, Row{tag::InstanceNumber, "IS", "InstanceNumber"},
        Row{tag::SliceThickness, "DS", "SliceThickness"}};
    for (const Row &row : rows) {
        const Element *element = set.find(row.tag);
        if (element && element->length > 0 && !set.bytes(row.tag).trimmed().isEmpty()
            && !set.number(row.tag, row.vr))
            facts.notes.append(QLatin1String(row.name) + QStringLiteral(" is unreadable"));
    }
}
} // namespace

ImageFacts readFacts(const ObjectFile &file)
{
    const DataSet &set = file.set;
    ImageFacts facts;
    facts.notes = file.notes;
    facts.transferSyntax = file.transferSyntax;
    facts.sopClass = set.ascii(tag::SopClass);
    if (facts.sopClass.isEmpty())
        facts.sopClass = file.sopClass;
    facts.characterSet = set.asciis(tag::CharacterSet).join(QLatin1Char('\\'));
    TextReader text(set);
    readIdentity(set, text, facts);
    readPixelDescription(set, facts);
    facts.kind = kindOf(facts, set);
    readFrameFacts(set, text, facts);
    readLuts(set, text, facts);
    readGraphics(set, text, facts);
    noteUnreadable(set, facts);
    facts.characterSetGuessed = text.guessed();
    if (text.characters().nonStandard())
        facts.notes.append(QStringLiteral("the character set is not a defined term"));
    if (text.characters().unknown())
        facts.notes.append(QStringLiteral("the character set is unknown"));
    if (text.guessed())
        facts.notes.append(QStringLiteral("the character set was guessed"));
    return facts;
}

} // namespace naru::imaging
