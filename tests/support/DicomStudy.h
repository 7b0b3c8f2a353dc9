// Studies for tests of everything above the decoder: small CT instances that differ in what the test says.
#pragma once

#include "core/base/Oid.h"
#include "tests/support/DicomWriter.h"

#include <QString>

namespace naru::testsupport {

struct TestInstance {
    QByteArray patientName = "KIM^NARU"; // in UTF-8
    QByteArray patientId = "20261122-017", issuer{}, birthDate = "19610302", sex = "M";
    QByteArray studyUid = "2.25.100", seriesUid = "2.25.100.1", sopUid = "2.25.100.1.1";
    QByteArray studyDate = "20261120", description = "CHEST CT", modality = "CT";
    QByteArray seriesDescription = "AXIAL";
    int seriesNumber = 1, number = 1;
    int rows = 16, columns = 16;
    double position = 0; // mm along the axis
    int shade = 0; // of the pixels: another shade is another content
    bool preamble = true;

    QByteArray dataSet() const
    {
        DicomWriter w;
        w.text(0x00080005, "CS", "ISO_IR 192");
        w.text(0x00080016, "UI", sopClass()).text(0x00080018, "UI", sopUid);
        w.text(0x00080020, "DA", studyDate).text(0x00080030, "TM", "101500");
        w.text(0x00080060, "CS", modality).text(0x00080080, "LO", "Test Hospital");
        w.text(0x00081030, "LO", description).text(0x0008103E, "LO", seriesDescription);
        w.text(0x00100010, "PN", patientName).text(0x00100020, "LO", patientId);
        if (!issuer.isEmpty())
            w.text(0x00100021, "LO", issuer);
        w.text(0x00100030, "DA", birthDate).text(0x00100040, "CS", sex);
        w.text(0x0020000D, "UI", studyUid).text(0x0020000E, "UI", seriesUid);
        w.text(0x00200011, "IS", QByteArray::number(seriesNumber));
        w.text(0x00200013, "IS", QByteArray::number(number));
        w.text(0x00200032, "DS", "-100\\-100\\" + QByteArray::number(position));
        w.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").text(0x00200052, "UI", "2.25.777");
        w.us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2");
        w.us(0x00280010, {rows}).us(0x00280011, {columns}).text(0x00280030, "DS", "0.7\\0.7");
        w.us(0x00280100, {16}).us(0x00280101, {16}).us(0x00280102, {15}).us(0x00280103, {1});
        w.text(0x00281050, "DS", "40").text(0x00281051, "DS", "400");
        w.text(0x00281052, "DS", "-1024").text(0x00281053, "DS", "1");
        return w.put(0x7FE00010, "OW", pixels()).dataSet();
    }
    QByteArray file() const
    {
        return preamble
            ? DicomWriter::file(dataSet(), base::oid("tsExplicitLE").text().toLatin1(), sopClass(), sopUid)
            : dataSet();
    }
    static QByteArray sopClass() { return base::oid("sopCt").text().toLatin1(); }

private:
    QByteArray pixels() const
    {
        QByteArray out(qsizetype(rows) * columns * 2, Qt::Uninitialized);
        quint32 noise = quint32(number * 7919 + shade * 104729 + 1); // a scanner's images do not repeat
        for (qsizetype i = 0; i < out.size(); i += 2) {
            noise = noise * 1664525u + 1013904223u;
            const quint16 value = quint16(1000 + shade + int(noise >> 26));
            out[i] = char(value & 0xFF);
            out[i + 1] = char(value >> 8);
        }
        return out;
    }
};

// Instance `i` (from 0) of a series of slices.
inline TestInstance slice(int i, const TestInstance &like = {})
{
    TestInstance out = like;
    out.sopUid = like.seriesUid + "." + QByteArray::number(i + 1);
    out.number = i + 1;
    out.position = i * 2.5;
    return out;
}

} // namespace naru::testsupport
