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
} // namespace

void ReaderPage::offerImages()
{
    m_head->images()->setVisible(!m_patient.isEmpty() && context().hasPage(QStringLiteral("imaging"))
        && namesImages(m_loaded.read.document.content));
}

void ReaderPage::showImages()
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
    m_images->show(studies, manifests);
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
