// A DICOM data set as a value: made by the decoder from a file, by JsonModel from DICOMweb, or by hand, and
// written by Part10Writer. Text is Unicode whatever the file had; nothing here parses bytes.
#pragma once

#include "core/imaging/objects/Vr.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace naru::imaging {

class DataSetValue;

// A value that stayed where it is: too large to travel (pixel data always), or behind an address (DICOMweb).
struct BulkReference {
    qint64 offset = 0, length = 0; // bytes of the source file
    bool encapsulated = false; // fragments as items from `offset` on, the sequence delimiter not counted
    int swap = 1; // the file has units of so many bytes the wrong way round (big endian); 1: none
    QString uri{}; // PS3.18 BulkDataURI, when there is no file
    friend bool operator==(const BulkReference &, const BulkReference &) = default;
};

// One attribute. What is used of the members follows from vrRow(vr).form; all empty is an attribute without
// value.
struct DataElement {
    quint32 tag = 0;
    quint16 vr = vrOf("UN");
    QStringList texts{}; // Text: one a value, an empty one where a value is missing
    std::vector<double> numbers{}; // Number; AT as the 32-bit tag
    QByteArray bytes{}; // Bytes: little endian
    std::optional<BulkReference> bulk{}; // instead of `bytes`
    std::vector<DataSetValue> items; // Items; clang 14 takes no initialiser here, the type is incomplete

    bool empty() const;
    friend bool operator==(const DataElement &, const DataElement &);
};

// What a data set may cost; every reader takes one.
struct DataSetLimits {
    qint64 elements = 300'000; // of all levels
    int depth = 32; // sequences inside one another
    qint64 inlineBytes = 64 * 1024; // a larger Bytes value becomes a BulkReference, pixel data always does
    qint64 bytes = 32LL * 1024 * 1024; // all values together
};

class DataSetValue {
public:
    // Ascending tags, no tag twice.
    const std::vector<DataElement> &elements() const { return m_elements; }
    bool isEmpty() const { return m_elements.empty(); }
    const DataElement *find(quint32 tag) const;
    DataElement *find(quint32 tag);
    bool has(quint32 tag) const { return find(tag) != nullptr; }

    // Reading never fails: what is absent or of another form is empty.
    QString text(quint32 tag) const; // the first value
    QStringList texts(quint32 tag) const;
    std::optional<double> number(quint32 tag) const; // the first value, of DS and IS as well; finite
    std::vector<double> numbers(
        quint32 tag) const; // NaN where a DS or IS is none, so that others keep places
    int integer(quint32 tag, int absent = 0) const;
    QByteArray bytes(quint32 tag) const;
    const std::vector<DataSetValue> &items(quint32 tag) const;
    const DataSetValue *item(quint32 tag) const; // the first

    // Setting takes the VR of the dictionary, UN's callers use put(). Numbers become text for DS and IS.
    void put(DataElement element); // replaces what has the same tag
    void setEmpty(quint32 tag); // type 2: present without a value
    void setText(quint32 tag, const QString &value); // one value; empty text: setEmpty
    void setTexts(quint32 tag, const QStringList &values);
    void setNumber(quint32 tag, double value);
    void setNumbers(quint32 tag, const std::vector<double> &values);
    void setBytes(quint32 tag, const QByteArray &value);
    void setItems(quint32 tag, std::vector<DataSetValue> items);
    void setItem(quint32 tag, DataSetValue item);
    void remove(quint32 tag);

    friend bool operator==(const DataSetValue &, const DataSetValue &);

private:
    std::vector<DataElement> m_elements{};
};

// A decimal string of at most 16 characters (PS3.5 6.2, DS), as near to the value as they allow.
QString decimalString(double value);

} // namespace naru::imaging
