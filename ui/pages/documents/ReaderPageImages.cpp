// From a document to the images that it names.
#include "core/base/Hangul.h"
#include "ui/pages/documents/EntryPane.h"
#include "ui/pages/documents/HonestyBar.h"
#include "ui/pages/documents/ReaderHead.h"
#include "ui/pages/documents/ReaderPage.h"
#include "ui/pages/documents/ReportImages.h"
#include "ui/pages/documents/SectionTree.h"
#include "ui/widgets/MessageStrip.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>

namespace naru::ui {

namespace {
bool namesImages(const clinical::Content &content)
{
    return !content.readings.empty()
        || std::any_of(content.labs.begin(), content.labs.end(),
            [](const clinical::LabResult &result) { return !result.kosUid.isEmpty(); });
}
// A study as the document speaks of it: what it is fetched by, and what a doctor knows it by.
struct Named {
    QString key{}, words{};
};

QString wordsOf(const base::Timestamp &when, const clinical::CodedValue &code, const QString &otherwise)
{
    const QString date = when.toHl7().left(8);
    QStringList words{date.size() == 8
            ? QStringLiteral("%1-%2-%3").arg(date.left(4), date.mid(4, 2), date.mid(6))
            : QString()};
    words << (!code.display.isEmpty()      ? code.display
            : !code.originalText.isEmpty() ? code.originalText
                                           : otherwise);
    words.removeAll(QString());
    return base::withVisibleControls(words.join(QLatin1Char(' ')).simplified());
}

// In the order of the document. A list of images of a day whose reading is there is that study's.
QList<Named> namedIn(const clinical::Content &content)
{
    QList<Named> out;
    QStringList days, keys;
    for (const clinical::ImageReading &reading : content.readings) {
        if (reading.studyUid.isEmpty() || keys.contains(reading.studyUid))
            continue;
        keys << reading.studyUid;
        days << reading.examined.toHl7().left(8);
        out.append({reading.studyUid, wordsOf(reading.examined, reading.code, {})});
    }
    for (const clinical::LabResult &result : content.labs) {
        if (result.kosUid.isEmpty() || keys.contains(result.kosUid)
            || days.contains(result.time.toHl7().left(8)))
            continue;
        keys << result.kosUid;
        out.append({result.kosUid, wordsOf(result.time, result.code, result.item)});
    }
    return out;
}
} // namespace

void ReaderPage::offerImages()
{
    m_head->images()->setVisible(!m_patient.isEmpty() && context().hasPage(QStringLiteral("imaging"))
        && namesImages(m_loaded.read.document.content));
}

// Which of several is to be looked at first is the doctor's choice; the others come as well.
void ReaderPage::showImages()
{
    const QList<Named> named = namedIn(m_loaded.read.document.content);
    if (named.size() < 2) {
        showImagesFrom({});
        return;
    }
    QPushButton *button = m_head->images();
    auto *menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("reader.images.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 0; i < named.size(); ++i) {
        QString words = named[i].words.isEmpty() ? tr("Images %1").arg(i + 1) : named[i].words;
        words.replace(QLatin1Char('&'), QLatin1String("&&"));
        const QString digit = i < 9 ? QStringLiteral("&%1 ").arg(i + 1) : QString();
        menu->addAction(digit + words, this, [this, key = named[i].key] { showImagesFrom(key); });
    }
    menu->setActiveAction(menu->actions().constFirst());
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void ReaderPage::showImagesFrom(const QString &first)
{
    QStringList studies, manifests;
    for (const clinical::ImageReading &reading : m_loaded.read.document.content.readings)
        studies.append(reading.studyUid);
    for (const clinical::LabResult &result : m_loaded.read.document.content.labs)
        manifests.append(result.kosUid);
    for (QStringList *list : {&studies, &manifests}) {
        list->removeAll(QString());
        list->removeDuplicates();
    }
    m_images->show(studies, manifests, first);
}

// A list of images is not for reading: the viewer opens with what it names.
void ReaderPage::showManifest(const services::DocumentRow &row)
{
    const auto images = [this, study = row.studyUid, id = row.id] {
        study.isEmpty() ? m_images->show({}, {id}) : m_images->show({study});
    };
    m_strip->show(MessageStrip::Kind::Info,
        tr("These are images (%1). The viewer shows them as they arrive").arg(row.modalities),
        {{tr("Show the images"), images}});
    for (QWidget *part : QList<QWidget *>{m_stack, m_honesty, m_sections, m_entries, m_head->views(),
             m_head->reply(), m_head->compare(), m_head->images()})
        part->hide();
    m_head->title()->setText(base::withVisibleControls(row.title));
    if (!m_patient.isEmpty() && context().hasPage(QStringLiteral("imaging")))
        images();
    Q_EMIT shown();
}

} // namespace naru::ui
