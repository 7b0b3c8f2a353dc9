// An archive that answers C-FIND and C-GET with the studies it holds, and can be told to behave badly.
#pragma once

#include "tests/core/imaging/dimse/Peer.h"
#include "tests/support/DicomStudy.h"

#include <QMap>
#include <QMutex>
#include <QStringList>
#include <QThread>

namespace naru::test {

struct HeldStudy {
    testsupport::TestInstance like{};
    int images = 3;
    QByteArray listedBirth{}; // as the list says it, where the images say something else
};

class ArchivePeer {
public:
    std::vector<HeldStudy> held{}; // before the first question
    std::atomic<int> delayMs{0}; // before each image
    std::atomic<int> most{1000}; // images it sends in one go; then it hangs up
    std::atomic<bool> silent{false}; // accepts, and never answers a question
    std::atomic<int> unanswered{0};
    std::atomic<int> questions{0}; // C-FIND of studies

    int port() const { return m_peer.port(); }
    QByteArray lastQuestion() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_last;
    }

private:
    static constexpr int CFind = 0x20, CGet = 0x10, CEcho = 0x30;

    void serve(dimsetest::Talk &talk)
    {
        if (!talk.accept())
            return;
        for (dimsetest::Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
            if (heard.field == CEcho) {
                talk.say(heard.context, dimsetest::answer(heard, 0));
                continue;
            }
            const QByteArray asked = talk.hear().body;
            if (silent) {
                ++unanswered;
                (void)talk.read(1); // until the other side gives up
                return;
            }
            if (heard.field == CFind)
                find(talk, heard, asked);
            else if (heard.field == CGet && !get(talk, heard, asked))
                return;
        }
        talk.raw(dimsetest::pduOf(6, QByteArray(4, '\0')));
    }
    // The value of a short element of an explicit data set.
    static QByteArray valueOf(const QByteArray &set, quint32 tag, const char *vr)
    {
        const char name[] = {
            char(tag >> 16 & 0xFF), char(tag >> 24), char(tag & 0xFF), char(tag >> 8 & 0xFF), vr[0], vr[1]};
        const qsizetype at = set.indexOf(QByteArray(name, 6));
        if (at < 0)
            return {};
        const qsizetype size = quint8(set[at + 6]) | quint8(set[at + 7]) << 8;
        QByteArray value = set.mid(at + 8, size);
        while (value.endsWith(' ') || value.endsWith('\0'))
            value.chop(1);
        return value;
    }
    bool fits(const HeldStudy &study, const QByteArray &asked) const
    {
        const auto same = [&asked](quint32 tag, const char *vr, const QByteArray &value) {
            const QByteArray wanted = valueOf(asked, tag, vr);
            return wanted.isEmpty() || wanted == value;
        };
        QString name = QString::fromUtf8(valueOf(asked, 0x00100010, "PN"));
        name.remove(QLatin1Char('*'));
        QString own = QString::fromUtf8(study.like.patientName);
        own.remove(QLatin1Char('^'));
        return same(0x00100020, "LO", study.like.patientId) && same(0x0020000D, "UI", study.like.studyUid)
            && same(0x00100030, "DA", study.listedBirth.isEmpty() ? study.like.birthDate : study.listedBirth)
            && (name.isEmpty() || own.contains(name));
    }
    void find(dimsetest::Talk &talk, const dimsetest::Heard &heard, const QByteArray &asked)
    {
        const QByteArray level = valueOf(asked, 0x00080052, "CS");
        if (level == "STUDY") {
            const QMutexLocker lock(&m_mutex);
            m_last = asked;
            ++questions;
        }
        for (const HeldStudy &study : held) {
            if (!fits(study, asked))
                continue;
            const int rows = level == "IMAGE" ? study.images : 1;
            for (int i = 0; i < rows; ++i)
                talk.say(heard.context, dimsetest::answer(heard, 0xFF00, true), listed(study, level, i));
        }
        talk.say(heard.context, dimsetest::answer(heard, 0));
    }
    static QByteArray listed(const HeldStudy &study, const QByteArray &level, int image)
    {
        const testsupport::TestInstance one = testsupport::slice(image, study.like);
        testsupport::DicomWriter w;
        w.text(0x00080005, "CS", "ISO_IR 192");
        if (level == "IMAGE")
            w.text(0x00080016, "UI", one.sopClass()).text(0x00080018, "UI", one.sopUid);
        w.text(0x00080020, "DA", one.studyDate).text(0x00080030, "TM", "101500");
        w.text(0x00080052, "CS", level).text(0x00080061, "CS", one.modality);
        w.text(0x00081030, "LO", one.description).text(0x00100010, "PN", one.patientName);
        w.text(0x00100020, "LO", one.patientId);
        w.text(0x00100030, "DA", study.listedBirth.isEmpty() ? one.birthDate : study.listedBirth);
        w.text(0x00100040, "CS", one.sex).text(0x0020000D, "UI", one.studyUid);
        if (level != "STUDY")
            w.text(0x0020000E, "UI", one.seriesUid);
        w.text(0x00201206, "IS", "1").text(0x00201208, "IS", QByteArray::number(study.images));
        return w.dataSet();
    }
    bool get(dimsetest::Talk &talk, const dimsetest::Heard &heard, const QByteArray &asked)
    {
        int sent = 0;
        for (const HeldStudy &study : held) {
            if (study.like.studyUid != valueOf(asked, 0x0020000D, "UI"))
                continue;
            const QByteArray uids = valueOf(asked, 0x00080018, "UI");
            for (int i = 0; i < study.images; ++i) {
                const testsupport::TestInstance one = testsupport::slice(i, study.like);
                if (!uids.isEmpty() && !uids.split('\\').contains(one.sopUid))
                    continue;
                if (sent >= most)
                    return false;
                QThread::msleep(quint64(delayMs.load()));
                talk.say(talk.contextOf(one.sopClass()),
                    dimsetest::commandSet({{0x0002, one.sopClass()}, {0x0100, dimsetest::word(1)},
                        {0x0110, dimsetest::word(quint16(100 + i))}, {0x0700, dimsetest::word(0)},
                        {0x0800, dimsetest::word(1)}, {0x1000, one.sopUid}}),
                    one.dataSet());
                const dimsetest::Heard said = talk.hearCommand();
                if (said.type != 4 || said.field != 0x8001)
                    return false; // cancelled, or gone
                ++sent;
            }
        }
        talk.say(heard.context,
            dimsetest::answer(heard, 0, false,
                {{0x1021, dimsetest::word(quint16(sent))}, {0x1022, dimsetest::word(0)},
                    {0x1023, dimsetest::word(0)}}));
        return true;
    }

    mutable QMutex m_mutex{};
    QByteArray m_last{};
    dimsetest::Peer m_peer{[this](dimsetest::Talk &talk, int) { serve(talk); }};
};

} // namespace naru::test
