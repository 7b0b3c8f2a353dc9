// What one DICOM instance says of itself, as plain values: made by naru-decoder from untrusted bytes, read by
// everything else. Nothing here is trusted beyond its type; an attribute that cannot be read is absent and
// named in `notes`, and never keeps the image from being shown. DICOM PS3.3 clauses stand beside the fields.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace naru::imaging {

// VOI window (C.11.2): centre and width in units of the modality LUT's output.
struct Window {
    double centre = 0, width = 0;
    QString explanation{};
    friend bool operator==(const Window &, const Window &) = default;
};
enum class VoiFunction : char { Linear, LinearExact, Sigmoid };

// Modality or VOI LUT table (C.11.1.1.1, C.11.2.1.1): entries as unsigned values of `bits` bits.
struct LookupTable {
    int first = 0; // first input value mapped, signed where the pixels are
    int bits = 16;
    std::vector<quint16> entries{};
    QString explanation{}, type{}; // type: HU, OD, US ... of a modality LUT
    friend bool operator==(const LookupTable &, const LookupTable &) = default;
};

enum class SpacingSource : char { None, PixelSpacing, Calibrated, ImagerPixelSpacing, UltrasoundRegion };

// Everything that may differ from frame to frame; per-frame functional groups win over shared ones, shared
// ones over the top level (C.7.6.16).
struct FrameFacts {
    bool hasPosition = false; // Image Position and Orientation (Patient), mm, C.7.6.2.1.1
    std::array<double, 3> position{};
    std::array<double, 6> orientation{};
    double spacingRow = 0, spacingColumn = 0; // mm between rows, between columns; 0 unknown
    SpacingSource spacingSource = SpacingSource::None;
    double sliceThickness = 0; // mm
    bool hasRescale = false;
    double slope = 1, intercept = 0;
    QString rescaleType{}; // "HU"
    std::vector<Window> windows{};
    VoiFunction voi = VoiFunction::Linear;
    int acquisition = 0; // Acquisition Number of the frame, else of the image; 0 unknown
    double frameTime = 0; // ms until the next frame; 0 unknown (Frame Time or Frame Time Vector)
    int stackPosition = 0, temporalPosition = 0; // 0 unknown
    // What tells images of one series and position apart (C.8.3.1, C.8.13.5, C.7.6.16.2.2).
    QString stackId{};
    double echoTime = 0; // ms; 0 unknown
    double bValue = -1; // s/mm2; -1 unknown
    double triggerTime = -1; // ms after the R wave; -1 unknown
    // Of a C-arm against the patient, degrees (C.8.7.5.1.2): left (LAO) and head (CRA) positive.
    std::optional<double> primaryAngle{}, secondaryAngle{};
    friend bool operator==(const FrameFacts &, const FrameFacts &) = default;
};

// Region Calibration of ultrasound (C.8.5.5.1); pixel edges inclusive, physical units per pixel.
struct UltrasoundRegion {
    int left = 0, top = 0, right = 0, bottom = 0;
    int unitX = 0, unitY = 0; // 3: cm, 4: s, 7: cm/s ...
    double deltaX = 0, deltaY = 0;
    int flags = 0; // bit 0 clear: high priority where regions overlap (C.8.5.5.1.3)
    friend bool operator==(const UltrasoundRegion &, const UltrasoundRegion &) = default;
};

// Overlay plane (C.9.2), or one taken from unused high bits of the pixels.
struct Overlay {
    int group = 0x6000;
    int rows = 0, columns = 0, originRow = 1, originColumn = 1; // 1-based
    int firstFrame = 1, frames = 1;
    int embeddedBit =
        -1; // >= 0: came from this bit of the stored pixels; `bits` empty if they were compressed
    QByteArray bits{}; // packed, least significant bit first
    QString label{};
    friend bool operator==(const Overlay &, const Overlay &) = default;
};

// Display shutter (C.7.6.11), image coordinates, 1-based.
struct Shutter {
    QString shape{}; // RECTANGULAR, CIRCULAR, POLYGONAL
    int left = 0, right = 0, top = 0, bottom = 0;
    int centreRow = 0, centreColumn = 0, radius = 0;
    std::vector<int> vertices{}; // row, column pairs
    int value = 0; // P-value of the covered part, 16 bits
    friend bool operator==(const Shutter &, const Shutter &) = default;
};

struct Palette {
    LookupTable red{}, green{}, blue{};
    bool supplemental = false;
    friend bool operator==(const Palette &, const Palette &) = default;
};

enum class Kind : char {
    Image,
    Pdf,
    Report,
    KeyObjects,
    Presentation,
    Segmentation,
    Waveform,
    Video,
    Directory,
    Other
};

struct ImageFacts {
    Kind kind = Kind::Other;
    QString sopClass{}, sopUid{}, studyUid{}, seriesUid{}, frameOfReferenceUid{};
    QString transferSyntax{}; // UID; implicit little endian when a file has no meta header
    QString modality{}, bodyPart{}, laterality{}, viewPosition{};
    QString patientName{}; // all component groups, "Hong^Gildong=洪^吉洞=홍^길동"
    QString patientId{}, issuerOfPatientId{}, birthDate{}, sex{}; // dates as YYYYMMDD
    QString studyDate{}, studyTime{}, studyDescription{}, seriesDescription{}, accession{};
    QString institution{}, manufacturer{}, station{};
    QString characterSet{}; // as declared
    bool characterSetGuessed = false; // the declared one could not be right
    int seriesNumber = 0, instanceNumber = 0, acquisitionNumber = 0;
    QStringList imageType{}, patientOrientation{};

    int rows = 0, columns = 0, frames = 0, samples = 1;
    int bitsAllocated = 0, bitsStored = 0, highBit = 0;
    bool isSigned = false, isFloat = false;
    int planar = 0;
    QString photometric{}; // as stored
    bool lossy = false;
    std::optional<int> padding{}, paddingLimit{};
    std::array<int, 2> aspect{1, 1}; // vertical : horizontal when spacing is unknown
    double estimatedMagnification = 0; // projection radiographs; 0 unknown
    QString presentationLutShape{}; // IDENTITY, INVERSE

    std::vector<FrameFacts> frameFacts{}; // one a frame, or a single one that holds for all
    std::optional<LookupTable> modalityLut{};
    std::vector<LookupTable> voiLuts{};
    std::optional<Palette> palette{};
    std::vector<UltrasoundRegion> regions{};
    std::vector<Overlay> overlays{};
    std::optional<Shutter> shutter{};

    bool decodable = false;
    QString whyNot{}; // stable code of imaging/errors.tsv when `decodable` is false
    QStringList notes{}; // attributes that were unreadable or contradictory, without patient data

    const FrameFacts &frame(int index) const; // never fails; an empty one for a wrong index
    friend bool operator==(const ImageFacts &, const ImageFacts &) = default;
};

} // namespace naru::imaging
