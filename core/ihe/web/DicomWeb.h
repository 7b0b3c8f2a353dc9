// DICOMweb of an imaging source: which images a study has (QIDO-RS, PS3.18 10.6; IHE RAD-129) and a whole
// series in one answer, handed over image by image while it arrives (WADO-RS, PS3.18 10.4; IHE RAD-107). One
// request for a series is several times faster than one an image. Images come in the syntax they are stored
// in.
#pragma once

#include "core/base/WorkContext.h"
#include "core/ihe/rad69/Rad69.h"
#include "core/net/HttpClient.h"

#include <QMap>

#include <functional>

namespace naru::ihe {

struct WebInstance {
    ImageReference image{};
    QString sopClass{};
    int number = 0; // Instance Number; 0 unknown
    friend bool operator==(const WebInstance &, const WebInstance &) = default;
};

struct WebLimits {
    qint64 listBytes = 64LL * 1024 * 1024; // of one QIDO-RS answer
    int instances = 100'000; // of one study
    qint64 partBytes = 1024LL * 1024 * 1024; // of one image
    qint64 seriesBytes = 32LL * 1024 * 1024 * 1024;
    int seriesSeconds = 3600; // an endpoint's timeoutSeconds is how long it may stay silent
    friend bool operator==(const WebLimits &, const WebLimits &) = default;
};

// Images in the order of arrival. An error ends the transfer and comes back as it is.
using ImageArrived = std::function<base::Status(const QByteArray &part10)>;

// Studies of a search (QIDO-RS, PS3.18 10.6): attributes by tag; several values separated by '\\', the
// component groups of a name by '='.
using WebMatch = QMap<quint32, QString>;
struct WebStudies {
    std::vector<WebMatch> matches{};
    bool more = false; // cut short at `most`, or by the source
};

class DicomWeb {
public:
    DicomWeb(net::TlsIdentity identity, ImagingEndpoint source, WebLimits limits = {});
    DicomWeb(net::HttpClient http, ImagingEndpoint source, WebLimits limits = {});

    // `keys`: tag and wanted value; an empty value is wanted in the answers. '*' and '?' in texts and "a-b"
    // in dates as PS3.4 C.2.2.2 has them.
    base::Result<WebStudies> studies(const std::vector<std::pair<quint32, QString>> &keys, int most,
        const base::WorkContext &work = {}) const;

    // Whether the source decodes what an address has percent-encoded; found out with a study that it has.
    // Orthanc's plugin 1.7 does not, and finds no name with a letter that has to be encoded.
    base::Result<bool> decodesAddresses(const base::WorkContext &work = {}) const;
    // By series and instance number; each SOP instance UID once. Empty: the source has no such study, or
    // shows none to us. Errors: those of net::HttpClient, net.HttpStatus, ihe.Answer.
    base::Result<std::vector<WebInstance>> instances(
        const QString &studyUid, const base::WorkContext &work = {}) const;
    // At most `most` images are taken; more are net.MimeBudget.
    base::Status series(const QString &studyUid, const QString &seriesUid, int most,
        const ImageArrived &arrived, const base::WorkContext &work = {}) const;
    base::Status study(const QString &studyUid, int most, const ImageArrived &arrived,
        const base::WorkContext &work = {}) const;
    base::Status image(
        const ImageReference &image, const ImageArrived &arrived, const base::WorkContext &work = {}) const;

private:
    base::Result<net::HttpResponse> list(const QString &address, const base::WorkContext &work) const;
    base::Status retrieve(
        const QStringList &uids, int most, const ImageArrived &arrived, const base::WorkContext &work) const;

    net::HttpClient m_http;
    ImagingEndpoint m_source{};
    WebLimits m_limits{};
};

// One answer of QIDO-RS (application/dicom+json). Objects of other studies are left out; ihe.Answer when it
// is no such list, holds more than `most`, or a UID is not one.
base::Result<std::vector<WebInstance>> readInstanceList(
    const QByteArray &json, const QString &studyUid, int most);

// One answer of a search for studies; ihe.Answer when it is no such list or holds more than `most`.
base::Result<std::vector<WebMatch>> readStudyList(const QByteArray &json, int most);

} // namespace naru::ihe
