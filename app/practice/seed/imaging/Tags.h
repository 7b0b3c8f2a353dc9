// Attributes that the exchange's images carry, by their keyword in PS3.6.
#pragma once

#include <QtGlobal>

namespace naru::practice::tag {

constexpr quint32 SpecificCharacterSet = 0x00080005, ImageType = 0x00080008, SopClassUid = 0x00080016,
                  SopInstanceUid = 0x00080018, StudyDate = 0x00080020, SeriesDate = 0x00080021,
                  ContentDate = 0x00080023, StudyTime = 0x00080030, SeriesTime = 0x00080031,
                  ContentTime = 0x00080033, AccessionNumber = 0x00080050, RetrieveAeTitle = 0x00080054,
                  Modality = 0x00080060, ModalitiesInStudy = 0x00080061, PresentationIntent = 0x00080068,
                  Manufacturer = 0x00080070, InstitutionName = 0x00080080, ReferringPhysician = 0x00080090,
                  CodeValue = 0x00080100, CodingScheme = 0x00080102, CodeMeaning = 0x00080104,
                  StudyDescription = 0x00081030, SeriesDescription = 0x0008103E,
                  ReferencedSeries = 0x00081115, ReferencedStudy = 0x00081110, ReferencedSop = 0x00081199,
                  ReferencedSopClass = 0x00081150, ReferencedSopInstance = 0x00081155,
                  RetrieveUrl = 0x00081190;
constexpr quint32 PatientName = 0x00100010, PatientId = 0x00100020, IssuerOfPatientId = 0x00100021,
                  PatientBirthDate = 0x00100030, PatientSex = 0x00100040;
constexpr quint32 BodyPart = 0x00180015, SliceThickness = 0x00180050, Kvp = 0x00180060,
                  ViewPosition = 0x00185101, ImagerPixelSpacing = 0x00181164, RegionFormat = 0x00186012,
                  RegionType = 0x00186014, RegionFlags = 0x00186016, RegionMinX = 0x00186018,
                  RegionMinY = 0x0018601A, RegionMaxX = 0x0018601C, RegionMaxY = 0x0018601E,
                  RegionUnitX = 0x00186024, RegionUnitY = 0x00186026, RegionDeltaX = 0x0018602C,
                  RegionDeltaY = 0x0018602E, Regions = 0x00186011;
constexpr quint32 StudyUid = 0x0020000D, SeriesUid = 0x0020000E, StudyId = 0x00200010,
                  SeriesNumber = 0x00200011, InstanceNumber = 0x00200013, PatientOrientation = 0x00200020,
                  ImagePosition = 0x00200032, ImageOrientation = 0x00200037, FrameOfReference = 0x00200052,
                  Laterality = 0x00200060, ImageLaterality = 0x00200062, PositionReference = 0x00201040,
                  StudySeries = 0x00201206, StudyInstances = 0x00201208, SeriesInstances = 0x00201209;
constexpr quint32 SamplesPerPixel = 0x00280002, Photometric = 0x00280004, Rows = 0x00280010,
                  Columns = 0x00280011, PixelSpacing = 0x00280030, BitsAllocated = 0x00280100,
                  BitsStored = 0x00280101, HighBit = 0x00280102, PixelRepresentation = 0x00280103,
                  BurnedIn = 0x00280301, WindowCentre = 0x00281050, WindowWidth = 0x00281051,
                  RescaleIntercept = 0x00281052, RescaleSlope = 0x00281053, RescaleType = 0x00281054;
constexpr quint32 ValueType = 0x0040A040, ConceptName = 0x0040A043, ContinuityOfContent = 0x0040A050,
                  CurrentEvidence = 0x0040A375, ContentSequence = 0x0040A730, RelationshipType = 0x0040A010,
                  ReferencedRequest = 0x0040A370, RetrieveLocationUid = 0x0040E011,
                  ContentTemplate = 0x0040A504, MappingResource = 0x00080105, TemplateIdentifier = 0x0040DB00;
constexpr quint32 PresentationLutShape = 0x20500020, PixelData = 0x7FE00010;

} // namespace naru::practice::tag
