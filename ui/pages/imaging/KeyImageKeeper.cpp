#include "ui/pages/imaging/KeyImageKeeper.h"

#include "core/imaging/Errors.h"
#include "core/imaging/objects/KeyObjects.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/AccountService.h"
#include "core/services/ComposeService.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "ui/pages/imaging/ProfileSource.h"

#include <algorithm>

namespace naru::ui {

namespace {

constexpr int KeySeries = 9003;
const auto Removed = QStringLiteral("No longer key images");

QString seriesName()
{
    return QStringLiteral("Naru key images");
}

bool isOurs(const imaging::InstanceRef &one)
{
    return one.facts && one.facts->kind == imaging::Kind::KeyObjects
        && one.facts->seriesDescription == seriesName();
}

base::Result<int> nameIn(services::Profile &profile, const services::DraftId &id,
    const std::vector<clinical::ImageReading> &entries)
{
    int added = 0;
    const auto name = [&](clinical::Document &document) {
        for (const clinical::ImageReading &entry : entries) {
            auto &readings = document.content.readings;
            const bool known = std::any_of(readings.begin(), readings.end(),
                [&](const clinical::ImageReading &other) { return other.sopUid == entry.sopUid; });
            if (!known) {
                readings.push_back(entry);
                ++added;
            }
        }
        return added > 0;
    };
    NARU_TRY(profile.compose().amend(id, name));
    return added;
}

QString instanceOf(const KeyImage &one)
{
    return one.place.section(QLatin1Char('/'), 0, -2);
}

// The same images again need no second document.
bool isAttached(const services::Draft &draft, const QString &study, const QStringList &instances)
{
    const auto &all = draft.document.images;
    return std::any_of(all.begin(), all.end(), [&](const clinical::AttachedImages &one) {
        return one.studyKey == study
            && std::all_of(instances.begin(), instances.end(),
                [&](const QString &instance) { return one.instances.contains(instance); });
    });
}

// The document that names just these images already, because they were saved; empty: there is none.
QString savedDocument(services::Profile &profile, const services::PatientKey &patient, const QString &study,
    const QList<KeyImage> &images)
{
    // Lives as long as this call; the source shares what it does not own.
    ProfileSource source(std::shared_ptr<services::Profile>(&profile, [](services::Profile *) {}), patient);
    const auto instances = source.instances(study, {});
    const auto saved = instances ? KeyImageKeeper::read(source, study, *instances, {})
                                 : base::Result<KeyImageKeeper::Marked>(instances.error());
    const auto places = [](const QList<KeyImage> &of) {
        QSet<QString> out;
        for (const KeyImage &one : of)
            out.insert(one.place);
        return out;
    };
    return saved && places(saved->images) == places(images) ? saved->handle : QString();
}

// Images of one study and their key object document.
base::Result<int> attachStudy(services::Profile &profile, const services::PatientKey &patient,
    const services::DraftId &draft, const QList<KeyImage> &images, const QString &observer, int &written)
{
    QStringList instances;
    for (const KeyImage &one : images) {
        if (!instances.contains(instanceOf(one)))
            instances.append(instanceOf(one));
    }
    const QString study = images.front().studyKey;
    NARU_ASSIGN(const services::Draft before, profile.compose().open(draft));
    if (isAttached(before, study, instances))
        return 0;
    QString document = savedDocument(profile, patient, study, images);
    if (document.isEmpty()) {
        NARU_ASSIGN(const QByteArray object, KeyImageKeeper::write(images, observer));
        NARU_ASSIGN(const services::PutOutcome put,
            profile.images().put(object, QStringLiteral("own"), true, patient));
        ++written;
        document = put.instanceKey;
    }
    instances.append(document);
    NARU_TRY(profile.sharing().attach(draft, study, instances));
    return int(instances.size());
}

} // namespace

base::Result<QByteArray> KeyImageKeeper::write(
    const QList<KeyImage> &images, const QString &observer, bool removed)
{
    imaging::KeyObjectDocument document;
    document.description = removed ? Removed : QString();
    document.title = imaging::code("ofInterest");
    document.observer = observer;
    imaging::ReferencedStudy study;
    for (const KeyImage &one : images) {
        const imaging::ImageFacts &facts = *one.image.facts;
        if (study.studyUid.isEmpty()) {
            document.header.subject = imaging::subjectOf(facts);
            study.studyUid = facts.studyUid;
        }
        if (facts.studyUid != study.studyUid)
            continue;
        auto series = std::find_if(study.series.begin(), study.series.end(),
            [&](const imaging::ReferencedSeries &known) { return known.seriesUid == facts.seriesUid; });
        if (series == study.series.end()) {
            study.series.emplace_back();
            series = std::prev(study.series.end());
            series->seriesUid = facts.seriesUid;
        }
        imaging::ReferencedInstance image{facts.sopClass, facts.sopUid, {}};
        if (facts.frames > 1)
            image.frames = {one.image.frame + 1};
        series->instances.push_back(image);
    }
    document.header.seriesNumber = KeySeries;
    document.header.seriesDescription = seriesName();
    document.header.made = QDateTime::currentDateTime();
    document.header.instanceNumber = document.header.made.time().msecsSinceStartOfDay();
    document.studies = {study};
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(document));
    return imaging::writePart10(set);
}

QStringList KeyImageKeeper::objectsOf(const std::vector<imaging::InstanceRef> &instances)
{
    QStringList out;
    for (const imaging::InstanceRef &one : instances) {
        if (isOurs(one))
            out.append(one.handle);
    }
    out.sort();
    return out;
}

base::Result<KeyImageKeeper::Marked> KeyImageKeeper::read(StudySource &source, const QString &studyKey,
    const std::vector<imaging::InstanceRef> &instances, const base::WorkContext &work)
{
    std::optional<imaging::KeyObjectDocument> newest;
    QString handle;
    QHash<QString, const imaging::InstanceRef *> bySop;
    for (const imaging::InstanceRef &one : instances) {
        if (one.facts)
            bySop.insert(one.facts->sopUid, &one);
        if (!isOurs(one))
            continue;
        NARU_ASSIGN(imaging::DecoderPool * pool, source.pool());
        NARU_ASSIGN(const imaging::ImageSource bytes, source.bytes(one.handle));
        NARU_ASSIGN(const imaging::DataSetValue set, pool->dataSet(bytes, {}, work));
        auto read = imaging::keyObjectsOf(set);
        if (!read)
            continue;
        // Times of DICOM here are whole seconds; the number keeps the order within one.
        if (!newest || read->header.made > newest->header.made
            || (read->header.made == newest->header.made
                && read->header.instanceNumber > newest->header.instanceNumber)) {
            newest = std::move(*read);
            handle = one.handle;
        }
    }
    Marked out;
    if (!newest)
        return out;
    out.made = {newest->header.made.date(),
        QTime::fromMSecsSinceStartOfDay(std::max(0, newest->header.instanceNumber))};
    out.handle = handle;
    if (newest->description == Removed)
        return out;
    for (const imaging::ReferencedStudy &study : newest->studies) {
        for (const imaging::ReferencedSeries &series : study.series) {
            for (const imaging::ReferencedInstance &image : series.instances) {
                const imaging::InstanceRef *there = bySop.value(image.sopUid);
                if (!there || there->facts->kind != imaging::Kind::Image)
                    continue;
                ShownImage shown;
                shown.key = there->handle;
                shown.facts = there->facts;
                shown.frame = image.frames.empty() ? 0 : image.frames.front() - 1;
                if (shown.frame >= 0 && shown.frame < std::max(1, there->facts->frames))
                    out.images.append({shown.place(), studyKey, there->facts->seriesUid, shown});
            }
        }
    }
    return out;
}

base::Result<KeyImageKeeper::Kept> KeyImageKeeper::attach(services::Profile &profile,
    const services::PatientKey &patient, const services::DraftId &draft, const QList<KeyImage> &images,
    const std::vector<clinical::ImageReading> &readings)
{
    Kept kept;
    NARU_ASSIGN(kept.named, nameIn(profile, draft, readings));
    const QString observer = profile.accounts().current().displayName;
    QStringList studies;
    for (const KeyImage &one : images) {
        if (!studies.contains(one.studyKey))
            studies.append(one.studyKey);
    }
    for (const QString &study : std::as_const(studies)) {
        QList<KeyImage> own;
        std::copy_if(images.begin(), images.end(), std::back_inserter(own),
            [&](const KeyImage &one) { return one.studyKey == study; });
        const auto attached = attachStudy(profile, patient, draft, own, observer, kept.written);
        if (attached)
            kept.attached += *attached;
        else
            kept.notAttached = attached.error();
    }
    return kept;
}

} // namespace naru::ui
