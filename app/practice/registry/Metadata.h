// ebRIM 3.0 objects as the registry keeps them (IHE ITI TF-3 4.2): one struct for DocumentEntry,
// SubmissionSet, Folder and Association, read from and written to XML without knowing every attribute.
#pragma once

#include "core/base/Xml.h"

#include <QMap>
#include <QString>
#include <QStringList>
#include <vector>

class QXmlStreamWriter;

namespace naru::practice {

// UUIDs and URNs of TF-3 4.2.
namespace xds {
inline constexpr auto documentType = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"; // stable
inline constexpr auto onDemandType = "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248";
inline constexpr auto setNode = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd";
inline constexpr auto folderNode = "urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2";
inline constexpr auto documentPatient = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427";
inline constexpr auto documentUnique = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab";
inline constexpr auto setPatient = "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446";
inline constexpr auto setUnique = "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8";
inline constexpr auto setSource = "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832";
inline constexpr auto folderPatient = "urn:uuid:f64ffdf0-4b97-4e06-b79f-a52b38ec2f8a";
inline constexpr auto folderUnique = "urn:uuid:75df8f67-9973-4fbe-a900-df66cefecc5a";
inline constexpr auto classCode = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a";
inline constexpr auto typeCode = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983";
inline constexpr auto formatCode = "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d";
inline constexpr auto facility = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1";
inline constexpr auto practice = "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead";
inline constexpr auto eventCode = "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4";
inline constexpr auto confidentiality = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f";
inline constexpr auto documentAuthor = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d";
inline constexpr auto setAuthor = "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d";
inline constexpr auto contentType = "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500";
inline constexpr auto folderCode = "urn:uuid:1ba97051-7806-41a8-a48b-8fce7af683c5";
inline constexpr auto approved = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved";
inline constexpr auto deprecated = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated";
inline constexpr auto hasMember = "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember";
inline constexpr auto rplc = "urn:ihe:iti:2007:AssociationType:RPLC";
inline constexpr auto apnd = "urn:ihe:iti:2007:AssociationType:APND";
inline constexpr auto xfrm = "urn:ihe:iti:2007:AssociationType:XFRM";
inline constexpr auto xfrmRplc = "urn:ihe:iti:2007:AssociationType:XFRM_RPLC";
inline constexpr auto updateStatus = "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus";
} // namespace xds

enum class ObjectKind { Document = 1, SubmissionSet = 2, Folder = 3, Association = 4 };

struct Classification {
    QString id{}, scheme{}, node{}, code{}, name{};
    QMap<QString, QStringList> slots{};
    QString system() const { return slots.value(QStringLiteral("codingScheme")).value(0); }
};

struct ExternalId {
    QString id{}, scheme{}, name{}, value{};
};

struct RegistryObject {
    ObjectKind kind = ObjectKind::Document;
    QString id{}, logicalId{}, home{}, status{}, objectType{}, mimeType{}, version{}, title{}, comments{};
    QMap<QString, QStringList> slots{};
    std::vector<Classification> classifications{};
    std::vector<ExternalId> externalIds{};
    QString source{}, target{}, type{}; // associations

    QString slot(const char *name) const { return slots.value(QLatin1String(name)).value(0); }
    QString externalId(const char *scheme) const;
    QString patientId() const; // "" for associations
    QString uniqueId() const;
    std::vector<const Classification *> classified(const char *scheme) const;
    QString code(const char *scheme) const; // of the first one
};

// The objects of a RegistryObjectList, in order. rim:Classification elements beside the objects mark
// submission sets and folders. Ids keep their spelling; problems are appended to `problems` (English, no
// patient data).
std::vector<RegistryObject> readObjects(const base::XmlElement &list, QStringList &problems);
void writeObject(QXmlStreamWriter &xml, const RegistryObject &object);
QByteArray objectToXml(const RegistryObject &object);
RegistryObject objectFromXml(const QByteArray &bytes);

} // namespace naru::practice
