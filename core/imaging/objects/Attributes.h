// Attributes that made objects need (PS3.6), by short names.
#pragma once

#include <QtGlobal>

namespace naru::imaging::attr {

constexpr quint32 CharacterSet = 0x00080005, SopClass = 0x00080016, SopUid = 0x00080018,
                  PixelData = 0x7FE00010, FloatPixels = 0x7FE00008, DoublePixels = 0x7FE00009,
                  TrailingPadding = 0xFFFCFFFC, PixelRepresentation = 0x00280103;
constexpr quint32 ImageType = 0x00080008, StudyDate = 0x00080020, SeriesDate = 0x00080021,
                  ContentDate = 0x00080023, StudyTime = 0x00080030, SeriesTime = 0x00080031,
                  ContentTime = 0x00080033, Accession = 0x00080050, IssuerOfAccession = 0x00080051,
                  RetrieveAe = 0x00080054, Modality = 0x00080060, Manufacturer = 0x00080070,
                  Institution = 0x00080080, ReferringPhysician = 0x00080090, TimeZone = 0x00080201,
                  CodeValue = 0x00080100, CodeScheme = 0x00080102, CodeMeaning = 0x00080104,
                  MappingResource = 0x00080105, LongCodeValue = 0x00080119, UrnCodeValue = 0x00080120,
                  StudyDescription = 0x00081030, SeriesDescription = 0x0008103E, ModelName = 0x00081090,
                  PerformedStepReference = 0x00081111, ReferencedStudySequence = 0x00081110,
                  ReferencedSeries = 0x00081115, ReferencedImage = 0x00081140, ReferencedClass = 0x00081150,
                  ReferencedUid = 0x00081155, ReferencedFrame = 0x00081160, RetrieveUrl = 0x00081190,
                  ReferencedSop = 0x00081199, SourceImage = 0x00082112;
constexpr quint32 PatientName = 0x00100010, PatientId = 0x00100020, IssuerOfPatientId = 0x00100021,
                  BirthDate = 0x00100030, Sex = 0x00100040;
constexpr quint32 SoftwareVersion = 0x00181020, DeviceSerial = 0x00181000;
constexpr quint32 StudyUid = 0x0020000D, SeriesUid = 0x0020000E, StudyId = 0x00200010,
                  SeriesNumber = 0x00200011, InstanceNumber = 0x00200013, FrameOfReference = 0x00200052,
                  Laterality = 0x00200060;
constexpr quint32 UniversalEntityId = 0x00400032, UniversalEntityType = 0x00400033;
// Key objects and structured reports (PS3.3 C.17).
constexpr quint32 PlacerOrder = 0x00402016, FillerOrder = 0x00402017, ReferencedRequest = 0x0040A370,
                  ProcedureId = 0x00401001, ProcedureDescription = 0x00321060, ProcedureCode = 0x00321064,
                  RelationshipType = 0x0040A010, ValueType = 0x0040A040, ConceptName = 0x0040A043,
                  Continuity = 0x0040A050, Uid = 0x0040A124, TextValue = 0x0040A160, PersonName = 0x0040A123,
                  ConceptCode = 0x0040A168, MeasuredValue = 0x0040A300, NumericValue = 0x0040A30A,
                  UnitsCode = 0x004008EA, FloatingValue = 0x0040A161, CurrentEvidence = 0x0040A375,
                  OtherEvidence = 0x0040A385, CompletionFlag = 0x0040A491, VerificationFlag = 0x0040A493,
                  ContentTemplate = 0x0040A504, IdenticalDocuments = 0x0040A525, ContentSequence = 0x0040A730,
                  TemplateId = 0x0040DB00, RetrieveLocation = 0x0040E011, GraphicData = 0x00700022,
                  GraphicType = 0x00700023, PerformedCode = 0x0040A372, VerifyingObserver = 0x0040A073,
                  VerifyingName = 0x0040A075, VerifyingCode = 0x0040A088, VerifyingOrganization = 0x0040A027,
                  VerificationTime = 0x0040A030;
// Presentation states (PS3.3 C.10, C.11).
constexpr quint32 ModalityLut = 0x00283000, Slope = 0x00281053, Intercept = 0x00281052,
                  RescaleType = 0x00281054, LutDescriptor = 0x00283002, LutExplanation = 0x00283003,
                  LutType = 0x00283004, LutData = 0x00283006, SoftcopyVoi = 0x00283110,
                  WindowCentre = 0x00281050, WindowWidth = 0x00281051, WindowExplanation = 0x00281055,
                  VoiFunction = 0x00281056, VoiLut = 0x00283010, PresentationLutShape = 0x20500020,
                  GraphicAnnotation = 0x00700001, GraphicLayer = 0x00700002, BoxUnits = 0x00700003,
                  AnchorUnits = 0x00700004, GraphicUnits = 0x00700005, UnformattedText = 0x00700006,
                  TextObjects = 0x00700008, GraphicObjects = 0x00700009, BoxTopLeft = 0x00700010,
                  BoxBottomRight = 0x00700011, BoxJustification = 0x00700012, Anchor = 0x00700014,
                  AnchorVisible = 0x00700015, GraphicDimensions = 0x00700020, GraphicPoints = 0x00700021,
                  GraphicFilled = 0x00700024, Rotation = 0x00700042, HorizontalFlip = 0x00700041,
                  AreaTopLeft = 0x00700052, AreaBottomRight = 0x00700053, DisplayedAreas = 0x0070005A,
                  GraphicLayers = 0x00700060, LayerOrder = 0x00700062, LayerGrey = 0x00700066,
                  LayerDescription = 0x00700068, ContentLabel = 0x00700080, ContentDescription = 0x00700081,
                  CreationDate = 0x00700082, CreationTime = 0x00700083, ContentCreator = 0x00700084,
                  SizeMode = 0x00700100, PresentationSpacing = 0x00700101, PresentationAspect = 0x00700102,
                  Magnification = 0x00700103, LineStyle = 0x00700232, LineThickness = 0x00700253,
                  LineLab = 0x00700251, LineDashing = 0x00700254, LineOpacity = 0x00700284,
                  ShadowStyle = 0x00700244, ShadowOffsetX = 0x00700245, ShadowOffsetY = 0x00700246,
                  ShadowLab = 0x00700247, ShadowOpacity = 0x00700258, LayerLab = 0x00700401;
// De-identification (PS3.3 C.12.1.1.9, PS3.15 E).
constexpr quint32 IdentityRemoved = 0x00120062, Method = 0x00120063, MethodCodes = 0x00120064,
                  LongitudinalModified = 0x00280303, BurnedIn = 0x00280301, RecognizableFeatures = 0x00280302,
                  Document = 0x00420011;

// Segmentations (PS3.3 C.8.20) and waveforms (C.10.9).
constexpr quint32 Rows = 0x00280010, Columns = 0x00280011, Position = 0x00200032, PlanePosition = 0x00209113,
                  DerivationImage = 0x00089124, SharedGroups = 0x52009229, FrameGroups = 0x52009230,
                  SegmentationType = 0x00620001, Segments = 0x00620002, SegmentCategory = 0x00620003,
                  SegmentNumber = 0x00620004, SegmentLabel = 0x00620005, SegmentDescription = 0x00620006,
                  SegmentAlgorithm = 0x00620008, SegmentIdentification = 0x0062000A,
                  ReferencedSegment = 0x0062000B, SegmentLab = 0x0062000D, MaximumFraction = 0x0062000E,
                  SegmentType = 0x0062000F;
constexpr quint32 Waveforms = 0x54000100, WaveformBits = 0x54001004, SampleInterpretation = 0x54001006,
                  WaveformPadding = 0x5400100A, WaveformData = 0x54001010, WaveformChannels = 0x003A0005,
                  WaveformSamples = 0x003A0010, SamplingFrequency = 0x003A001A, MultiplexLabel = 0x003A0020,
                  ChannelDefinitions = 0x003A0200, ChannelLabel = 0x003A0203, ChannelSource = 0x003A0208,
                  Sensitivity = 0x003A0210, ChannelUnits = 0x003A0211, SensitivityCorrection = 0x003A0212,
                  Baseline = 0x003A0213, ChannelSkew = 0x003A0214, FilterLow = 0x003A0220,
                  FilterHigh = 0x003A0221, MultiplexOffset = 0x00181068;

} // namespace naru::imaging::attr
