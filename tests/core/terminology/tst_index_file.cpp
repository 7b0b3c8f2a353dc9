// The file of an index: the same bytes from the same terms, whole again when read, named when damaged.
#include "core/terminology/Errors.h"
#include "core/terminology/index/Layout.h"
#include "tests/core/terminology/IndexTerms.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace naru;
using namespace naru::terminology;

class tst_IndexFile : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{};
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QByteArray written(const std::vector<Concept> &terms)
    {
        const QString file = path("index.terms");
        IndexMeta meta;
        meta.title = QStringLiteral("시험");
        meta.version = QStringLiteral("1");
        if (!TermFile::write(file, meta, terms))
            return {};
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

private Q_SLOTS:
    void sameBytesInAnyOrder()
    {
        auto terms = made(2200, 4);
        const QByteArray first = written(terms);
        std::reverse(terms.begin(), terms.end());
        QVERIFY(!first.isEmpty());
        QCOMPARE(written(terms), first);
        std::rotate(terms.begin(), terms.begin() + 700, terms.end());
        QCOMPARE(written(terms), first);
    }
    void savedFromMemory()
    {
        const auto terms = made(2200, 4);
        const QByteArray first = written(terms);
        IndexMeta meta;
        meta.title = QStringLiteral("시험");
        meta.version = QStringLiteral("1");
        QVERIFY(TermFile::inMemory(meta, terms)->save(path("saved.terms")).ok());
        QFile in(path("saved.terms"));
        QVERIFY(in.open(QIODevice::ReadOnly));
        QCOMPARE(in.readAll(), first);
        QVERIFY(!TermFile::inMemory(meta, terms)->save(path("nowhere/saved.terms")).ok());
    }
    void termsComeBackWhole()
    {
        auto full = term("J459", "천식 \u2160 風", "Asthma \u00e9");
        full.conceptCode = QStringLiteral("C1");
        full.synonyms = {QStringLiteral("가"), QStringLiteral("나")};
        full.aliases = {QStringLiteral("BA")};
        full.parent = QStringLiteral("J45");
        full.field = QStringLiteral("diagnosis");
        full.category = QStringLiteral("vital");
        full.unit = QStringLiteral("mm[Hg]");
        full.help = QStringLiteral("도움말");
        full.validFrom = QDate(2020, 1, 1);
        full.validTo = QDate(2030, 12, 31);
        full.replacedBy = QStringLiteral("J458");
        full.complete = full.mainAllowed = false;
        full.notifiable = full.koreanMedicine = true;
        full.sex = Sex::Female;
        full.ageFrom = 3;
        full.ageTo = 99;
        full.weight = 777;
        full.links = {{base::oid("edi").text(), QStringLiteral("012345678")}};
        auto terms = made(300, 9);
        terms.push_back(full);
        QVERIFY(!written(terms).isEmpty());
        const auto file = *TermFile::open(path("index.terms"));
        QVERIFY(file->verify().ok());
        QCOMPARE(file->size(), int(terms.size()));
        QCOMPARE(file->meta().title, QStringLiteral("시험"));
        for (const Concept &one : terms) {
            const int id = file->find(one.system, one.code);
            QVERIFY(id >= 0);
            QVERIFY2(file->at(id) == one, qPrintable(one.code));
        }
        QCOMPARE(file->find(full.system, u"J4590"), -1);
        QCOMPARE(file->linkedFrom(base::oid("edi").text(), u"012345678"),
            std::vector<int>{file->find(full.system, full.code)});
        QVERIFY(file->at(-1) == Concept());
        QVERIFY(file->at(100000) == Concept());
    }
    void damagedFilesAreNamed_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("value");
        QTest::addColumn<QString>("what");
        const auto field = [](const char *name, size_t at, int value, const char *what) {
            QTest::newRow(name) << int(at) << value << QString::fromLatin1(what);
        };
        field("magic", 0, 'X', "not an index");
        field("version", offsetof(layout::Header, version), 99, "");
        field("byte order", offsetof(layout::Header, byteOrder), 1, "byte order");
        field("file size", offsetof(layout::Header, fileSize), 1, "sum of the header");
        field("section offset", offsetof(layout::Header, table) + 16, 7, "sum of the header");
        field("truncated", 0, -1, "bytes instead of");
        field("only a header", 0, -2, "shorter than its header");
        field("empty", 0, -3, "shorter than its header");
    }
    void damagedFilesAreNamed()
    {
        QFETCH(int, at);
        QFETCH(int, value);
        QFETCH(QString, what);
        QByteArray bytes = written(made(200, 2));
        if (value == -1)
            bytes.chop(100);
        else if (value == -2)
            bytes.truncate(200);
        else if (value == -3)
            bytes.clear();
        else
            bytes[at] = char(value);
        const QString file = path("damaged.terms");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        out.close();
        const auto opened = TermFile::open(file);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().arguments.value(QStringLiteral("file")), QStringLiteral("damaged.terms"));
        QVERIFY2(opened.error().arguments.value(QStringLiteral("what")).contains(what),
            qPrintable(opened.error().toString()));
        QVERIFY(TermFile::open(path("not there")).error().is(errors::IndexNotThere));
    }
    // A section table that lies, with a right sum over the header.
    void sectionsOutsideTheFileAreRefused()
    {
        const QByteArray whole = written(made(200, 2));
        const auto with = [&](std::uint64_t layout::SectionEntry::*member, size_t section, quint64 value) {
            QByteArray bytes = whole;
            layout::Header header;
            std::memcpy(&header, bytes.constData(), sizeof header);
            header.table[section].*member = value;
            header.crc = 0;
            header.crc = layout::crc32({reinterpret_cast<const unsigned char *>(&header), sizeof header});
            std::memcpy(bytes.data(), &header, sizeof header);
            QFile out(path("lying.terms"));
            return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
        };
        for (size_t section = 0; section < layout::SectionCount; ++section) {
            for (const quint64 value : {quint64(1), quint64(1) << 62}) {
                QVERIFY(with(&layout::SectionEntry::offset, section, value));
                QVERIFY2(!TermFile::open(path("lying.terms")).ok(), qPrintable(QString::number(section)));
            }
            QVERIFY(with(&layout::SectionEntry::size, section, quint64(whole.size())));
            QVERIFY2(!TermFile::open(path("lying.terms")).ok(), qPrintable(QString::number(section)));
        }
    }
    // Bytes that flipped after the file was written: verify() says so, and a search reads nothing outside.
    void flippedBytesAreSeenAndHarmless()
    {
        const auto terms = made(400, 2);
        const QByteArray whole = written(terms);
        QRandomGenerator random(77);
        const QStringList queries{QStringLiteral("ㄱ"), QStringLiteral("급성"), QStringLiteral("ㄱㅅ"),
            QStringLiteral("a"), QStringLiteral("급성 ㅇ"), QStringLiteral("h0")};
        for (int round = 0; round < 15; ++round) {
            QByteArray bytes = whole;
            for (int flips = 0; flips < 64; ++flips) {
                const int at = random.bounded(int(sizeof(layout::Header)) + 64, int(bytes.size()));
                bytes[at] = char(random.bounded(256));
            }
            QFile out(path("flipped.terms"));
            QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
            out.close();
            const auto file = TermFile::open(path("flipped.terms"));
            if (!file)
                continue; // the opening checks found it
            if (bytes != whole)
                QVERIFY((*file)->verify().ok() == false);
            for (const QString &query : queries)
                QVERIFY((*file)->search(query).hits.size() <= 50);
            for (int id = 0; id < (*file)->size(); id += 37)
                (void)(*file)->at(id);
        }
    }
    void stoppedInBetween()
    {
        std::stop_source stop;
        stop.request_stop();
        const QString file = path("stopped.terms");
        QVERIFY(!TermFile::write(file, {}, made(500, 1), base::WorkContext(stop.get_token())).ok());
        QVERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(tst_IndexFile)
#include "tst_index_file.moc"
