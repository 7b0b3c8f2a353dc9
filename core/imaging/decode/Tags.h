// Attributes that this room reads (PS3.6), by short names.
#pragma once

#include <QtGlobal>

namespace naru::imaging::tag {

constexpr quint32 MetaSopClass = 0x00020002, TransferSyntax = 0x00020010;
constexpr quint32 DirectoryRecords = 0x00041220;
constexpr quint32 RecognitionCode = 0x00080010; // of ACR-NEMA
constexpr quint32 CharacterSet = 0x00080005, ImageType = 0x00080008, SopClass = 0x00080016,
                  SopInstance = 0x00080018, StudyDate = 0x00080020, StudyTime = 0x00080030,
                  Accession = 0x00080050, Modality = 0x00080060, Manufacturer = 0x00080070,
                  Institution = 0x00080080, Station = 0x00081010, StudyDescription = 0x00081030,
                  SeriesDescription = 0x0008103E, RecommendedRate = 0x00082144;
constexpr quint32 PatientName = 0x00100010, PatientId = 0x00100020, IssuerOfPatientId = 0x00100021,
                  BirthDate = 0x00100030, Sex = 0x00100040;
constexpr quint32 BodyPart = 0x00180015, CineRate = 0x00180040, EchoTime = 0x00180081,
                  TriggerTime = 0x00181060, EffectiveEchoTime = 0x00189082, DiffusionB = 0x00189087,
                  EchoSequence = 0x00189114, DiffusionSequence = 0x00189117, CardiacSequence = 0x00189118,
                  SliceThickness = 0x00180050, SpacingBetweenSlices = 0x00180088, FrameTime = 0x00181063,
                  FrameTimeVector = 0x00181065, Magnification = 0x00181114, ImagerPixelSpacing = 0x00181164,
                  NominalPixelSpacing = 0x00182010, ViewPosition = 0x00185101, UltrasoundRegions = 0x00186011;
constexpr quint32 ShutterShape = 0x00181600, ShutterLeft = 0x00181602, ShutterRight = 0x00181604,
                  ShutterUpper = 0x00181606, ShutterLower = 0x00181608, ShutterCentre = 0x00181610,
                  ShutterRadius = 0x00181612, ShutterVertices = 0x00181620, ShutterValue = 0x00181622;
constexpr quint32 StudyUid = 0x0020000D, SeriesUid = 0x0020000E, SeriesNumber = 0x00200011,
                  AcquisitionNumber = 0x00200012, InstanceNumber = 0x00200013,
                  PatientOrientation = 0x00200020, Position = 0x00200032, Orientation = 0x00200037,
                  FrameOfReference = 0x00200052, Laterality = 0x00200060, ImageLaterality = 0x00200062,
                  StackId = 0x00209056, TemporalIndex = 0x00200100, TriggerDelay = 0x00209153,
                  FrameAcquisition = 0x00209156, InStackPosition = 0x00209057, FrameContent = 0x00209111,
                  PlanePosition = 0x00209113, PlaneOrientation = 0x00209116, TemporalPosition = 0x00209128;
constexpr quint32 SamplesPerPixel = 0x00280002, Photometric = 0x00280004, Planar = 0x00280006,
                  NumberOfFrames = 0x00280008, FrameIncrement = 0x00280009, Rows = 0x00280010,
                  Columns = 0x00280011, PixelSpacing = 0x00280030, PixelAspect = 0x00280034,
                  BitsAllocated = 0x00280100, BitsStored = 0x00280101, HighBit = 0x00280102,
                  PixelRepresentation = 0x00280103, Padding = 0x00280120, PaddingLimit = 0x00280121,
                  CalibrationType = 0x00280A02, WindowCentre = 0x00281050, WindowWidth = 0x00281051,
                  Intercept = 0x00281052, Slope = 0x00281053, RescaleType = 0x00281054,
                  WindowExplanation = 0x00281055, VoiFunction = 0x00281056, RedDescriptor = 0x00281101,
                  RedData = 0x00281201, RedSegmented = 0x00281221, LossyCompression = 0x00282110,
                  ModalityLut = 0x00283000, LutDescriptor = 0x00283002, LutExplanation = 0x00283003,
                  LutType = 0x00283004, LutData = 0x00283006, VoiLut = 0x00283010, PixelMeasures = 0x00289110,
                  FrameVoi = 0x00289132, PixelTransformation = 0x00289145;
constexpr quint32 EncapsulatedDocument = 0x00420011, DocumentLength = 0x00420015,
                  DetectorInformation = 0x00540022, PresentationLutShape = 0x20500020,
                  GridOffsets = 0x3004000C, SharedGroups = 0x52009229, FrameGroups = 0x52009230,
                  WaveformSequence = 0x54000100, WaveformData = 0x54001010;
constexpr quint32 OverlayRows = 0x60000010, OverlayColumns = 0x60000011, OverlayFrames = 0x60000015,
                  OverlayOrigin = 0x60000050, OverlayFirstFrame = 0x60000051,
                  OverlayBitsAllocated = 0x60000100, OverlayBitPosition = 0x60000102,
                  OverlayLabel = 0x60001500, OverlayData = 0x60003000;
constexpr quint32 ExtendedOffsets = 0x7FE00001, ExtendedLengths = 0x7FE00002, FloatPixels = 0x7FE00008,
                  DoublePixels = 0x7FE00009, PixelData = 0x7FE00010;

} // namespace naru::imaging::tag
