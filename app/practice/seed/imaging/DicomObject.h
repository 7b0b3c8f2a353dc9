// A DICOM data set as the exchange writes it: Part 10 with explicit little endian (PS3.5, PS3.10) and the
// JSON model of DICOMweb (PS3.18 Annex F). Text is UTF-8 (ISO_IR 192). Writing only; nothing is shared with
// core/imaging.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <map>

namespace naru::practice {

class DicomObject {
public:
    // Several values are joined by '\'. Also for DS and IS given as text. Sets again: replaces.
    DicomObject &text(quint32 tag, const char *vr, const QString &value);
    DicomObject &decimals(quint32 tag, const QList<double> &values); // DS, at most 16 characters each
    DicomObject &shorts(quint32 tag, const QList<int> &values); // US
    DicomObject &longs(quint32 tag, const QList<quint32> &values); // UL
    DicomObject &doubles(quint32 tag, const QList<double> &values); // FD
    DicomObject &bytes(quint32 tag, const char *vr, const QByteArray &value); // OB, OW, padded to even
    DicomObject &items(quint32 tag, const QList<DicomObject> &items); // SQ

    QString value(quint32 tag) const; // of a text element, empty when there is none
    QByteArray dataSet() const;
    // With preamble and meta header; SOP class and instance are taken from (0008,0016) and (0008,0018).
    QByteArray part10() const;
    // Without pixel data and other bytes; `bulk` is where they are, when it is not empty.
    QJsonObject json(const QString &bulk = {}) const;

private:
    struct Element {
        QByteArray vr{};
        QByteArray value{}; // encoded, even length; empty for SQ
        QString text{};
        QList<double> numbers{};
        QList<DicomObject> items{};
    };
    static QByteArray encoded(quint32 tag, const Element &element);
    static QJsonValue jsonValues(const Element &element);
    std::map<quint32, Element> m_elements{};
};

} // namespace naru::practice
