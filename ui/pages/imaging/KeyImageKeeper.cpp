#include "ui/pages/imaging/KeyImageKeeper.h"

#include "core/imaging/Errors.h"
#include "core/imaging/objects/KeyObjects.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/AccountService.h"
#include "core/services/ComposeService.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"

#include <algorithm>

namespace naru::ui {

namespace {

constexpr int KeySeries = 9003;

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
    NARU_ASSIGN(const QByteArray object, KeyImageKeeper::write(images, observer));
    NARU_ASSIGN(
        const services::PutOutcome put, profile.images().put(object, QStringLiteral("own"), true, patient));
    ++written;
    instances.append(put.instanceKey);
    NARU_TRY(profile.sharing().attach(draft, study, instances));
    return int(instances.size());
}

} // namespace

base::Result<QByteArray> KeyImageKeeper::write(const QList<KeyImage> &images, const QString &observer)
{
    imaging::KeyObjectDocument document;
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
    document.header.seriesDescription = QStringLiteral("Naru key images");
    document.header.made = QDateTime::currentDateTime();
    document.studies = {study};
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(document));
    return imaging::writePart10(set);
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
