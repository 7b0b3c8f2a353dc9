// `naructl image render` end to end: a file through the confined decoder to a PNG of rows x columns.
#include "tests/support/DicomWriter.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using naru::testsupport::DicomWriter;

namespace {
QByteArray dicom(int samples, const QByteArray &photometric, const QByteArray &pixels, int rows, int columns)
{
    DicomWriter set;
    set.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").text(0x00080018, "UI", "2.25.1");
    set.us(0x00280002, {samples}).text(0x00280004, "CS", photometric);
    if (samples == 3)
        set.us(0x00280006, {0});
    set.us(0x00280010, {rows}).us(0x00280011, {columns});
    set.us(0x00280100, {8}).us(0x00280101, {8}).us(0x00280102, {7}).us(0x00280103, {0});
    set.put(0x7FE00010, "OB", pixels, '\0');
    return DicomWriter::file(set.dataSet(), "1.2.840.10008.1.2.1", "1.2.840.10008.5.1.4.1.1.7");
}

struct Ran {
    int status = -1;
    QByteArray out{}, err{};
};
Ran naructl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(NARU_BINARY_DIR "/bin/naructl"), arguments);
    if (!process.waitForFinished(30000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

quint32 big32(const QByteArray &png, qsizetype at)
{
    return qFromBigEndian<quint32>(png.constData() + at);
}
} // namespace

class TestCtlImage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void grey();
    void colour();
    void toPipe();
    void storedValues();
    void refusals();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    void save(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    QByteArray load(const char *name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder{};
};

void TestCtlImage::init()
{
    save("grey.dcm", dicom(1, "MONOCHROME2", QByteArray(15, 'x'), 3, 5));
    save("rgb.dcm", dicom(3, "RGB", QByteArray(18, 'x'), 3, 2));
}

void TestCtlImage::grey()
{
    const Ran ran = naructl({QStringLiteral("image"), QStringLiteral("render"), path("grey.dcm"),
        QStringLiteral("-o"), path("grey.png"), QStringLiteral("--window"), QStringLiteral("-60,400.5"),
        QStringLiteral("--json")});
    QVERIFY2(ran.status == 0, ran.err.constData());
    const QJsonObject told = QJsonDocument::fromJson(ran.out).object();
    QCOMPARE(told.value(QLatin1String("rows")).toInt(), 3);
    QCOMPARE(told.value(QLatin1String("columns")).toInt(), 5);
    const QByteArray png = load("grey.png");
    QCOMPARE(big32(png, 16), 5U);
    QCOMPARE(big32(png, 20), 3U);
    QCOMPARE(png.mid(24, 2).toHex(), QByteArray("0800")); // 8 bits, grey
}

void TestCtlImage::colour()
{
    QCOMPARE(naructl({QStringLiteral("image"), QStringLiteral("render"), path("rgb.dcm"),
                         QStringLiteral("-o"), path("rgb.png")})
                 .status,
        0);
    QCOMPARE(load("rgb.png").mid(24, 2).toHex(), QByteArray("0802"));
}

void TestCtlImage::toPipe()
{
    const Ran ran = naructl({QStringLiteral("image"), QStringLiteral("render"), path("grey.dcm")});
    QCOMPARE(ran.status, 0);
    QVERIFY(ran.out.startsWith("\x89PNG"));
}

void TestCtlImage::storedValues()
{
    const QString stored = QStringLiteral("--stored");
    const Ran ran = naructl({QStringLiteral("image"), QStringLiteral("render"), path("rgb.dcm"), stored});
    QCOMPARE(ran.status, 0);
    QVERIFY(ran.out.startsWith(QByteArray("\x93NUMPY\x01\x00", 8)));
    QVERIFY(ran.out.contains("'descr': '|u1', 'fortran_order': False, 'shape': (3, 2, 3), }"));
    const auto header = qFromLittleEndian<quint16>(ran.out.constData() + 8);
    QCOMPARE((10 + header) % 64, 0);
    QCOMPARE(ran.out.mid(10 + header), QByteArray(18, 'x'));
    QCOMPARE(naructl({QStringLiteral("image"), QStringLiteral("render"), path("grey.dcm"), stored,
                         QStringLiteral("--window"), QStringLiteral("40,400")})
                 .status,
        2);
}

void TestCtlImage::refusals()
{
    const QString image = QStringLiteral("image"), render = QStringLiteral("render"),
                  o = QStringLiteral("-o"), png = path("no.png");
    const QString frame = QStringLiteral("--frame"), window = QStringLiteral("--window");
    QCOMPARE(naructl({image, render, path("grey.dcm"), o, png, frame, QStringLiteral("2")}).status, 1);
    QCOMPARE(naructl({image, render, path("grey.dcm"), o, png, frame, QStringLiteral("0")}).status, 2);
    QCOMPARE(naructl({image, render, path("grey.dcm"), o, png, window, QStringLiteral("40")}).status, 2);
    QCOMPARE(naructl({image, render, path("grey.dcm"), o, png, window, QStringLiteral("40,0")}).status, 2);
    QCOMPARE(naructl({image, render, path("grey.dcm"), QStringLiteral("--json")}).status, 2);
    QCOMPARE(naructl({image, render, path("grey.dcm"), o, path("none/no.png")}).status, 5);
    QVERIFY(naructl({image, render, path("none.dcm"), o, png}).status != 0);
    QVERIFY(load("no.png").isEmpty());
}

QTEST_GUILESS_MAIN(TestCtlImage)
#include "tst_ctl_image.moc"
