# ruff: noqa: E501 - a table reads better in whole lines
"""The units: symbols | names in words | definition | prefixes | remark.

The first symbol is the one that answers show; names stand singular first, plural second. Names of several words are
written with underscores here and with spaces by people. A definition is a number and units defined elsewhere in the
table; `π` counts as a unit, and `m` `kg` `s` `A` `K` `mol` `cd` `rad` `bit` are the ground it stands on.
Prefixes: `all`; `big` (kilo and up); `small` (milli and down); `data` (kilo and up, and kibi and up); or a list.
Every factor is exact unless its remark says "measured".
"""

SI = "SI brochure, 9th edition (2019)"
YARD = "International yard and pound agreement (1959)"
SP811 = "NIST SP 811 (2008), appendix B"
HB44 = "NIST Handbook 44 (2024), appendix C"
UK = "UK Units of Measurement Regulations 1995"
IAU = "IAU 2012 resolution B2, IAU 2015 resolution B2"
IEC = "IEC 80000-13 (2008)"
CODATA = "CODATA 2022"

GROUPS: tuple[tuple[str, str], ...] = (
    (
        SI + ", tables 2 and 4",
        """
m            | metre metres meter meters                     | m               | all |
g            | gram grams gramme grammes                     | 0.001 kg        | all |
s sec        | second seconds secs                           | s               | all |
A            | ampere amperes amp amps                       | A               | all |
K            | kelvin kelvins                                | K               | all |
mol          | mole moles                                    | mol             | all |
cd           | candela candelas                              | cd              | all |
rad          | radian radians                                | rad             | small |
sr           | steradian steradians                          | rad2            | small |
Hz           | hertz hertz                                   | s-1             | all |
N            | newton newtons                                | kg m s-2        | all |
Pa           | pascal pascals                                | N m-2           | all |
J            | joule joules                                  | N m             | all |
W            | watt watts                                    | J s-1           | all |
C            | coulomb coulombs                              | A s             | all | C: the coulomb; °C is the degree Celsius
V            | volt volts                                    | W A-1           | all |
F            | farad farads                                  | C V-1           | all | F: the farad; °F is the degree Fahrenheit
Ω ohm        | ohm ohms                                      | V A-1           | all |
S            | siemens siemens                               | A V-1           | all |
Wb           | weber webers                                  | V s             | all |
T            | tesla teslas                                  | Wb m-2          | all |
H            | henry henries henrys                          | Wb A-1          | all |
lm           | lumen lumens                                  | cd sr           | all |
lx           | lux lux                                       | lm m-2          | all |
Bq           | becquerel becquerels                          | s-1             | all |
Gy           | gray grays                                    | J kg-1          | all |
Sv           | sievert sieverts                              | J kg-1          | all |
kat          | katal katals                                  | mol s-1         | all |
""",
    ),
    (
        SI + ", table 8, units accepted for use with the SI",
        """
min          | minute minutes mins                           | 60 s            | |
h hr hrs     | hour hours                                    | 3600 s          | |
d            | day days                                      | 86400 s         | |
° deg        | degree degrees degs                           | 1/180 π rad     | |
′ arcmin     | arcminute arcminutes                          | 1/60 deg        | |
″ arcsec     | arcsecond arcseconds                          | 1/3600 deg      | small |
au           | astronomical_unit astronomical_units          | 149597870700 m  | |
ha           | hectare hectares                              | 10000 m2        | |
L l          | litre litres liter liters                     | 0.001 m3        | all |
t            | tonne tonnes metric_ton metric_tons           | 1000 kg         | big | t: the tonne, 1000 kg
eV           | electronvolt electronvolts electron_volt electron_volts | 1.602176634e-19 J | all |
Da amu       | dalton daltons atomic_mass_unit atomic_mass_units                                | 1.66053906892e-27 kg | big | measured (CODATA 2022)
mcg          | | 1e-9 kg | |
cc           | cubic_centimetre cubic_centimetres cubic_centimeter cubic_centimeters | 1e-6 m3 | |
kph kmh kmph | kilometre_per_hour kilometres_per_hour kilometer_per_hour kilometers_per_hour | 1000/3600 m s-1 | |
Nm           | newton_metre newton_metres newton_meter newton_meters | N m     | all |
Wh           | watt_hour watt_hours watthour watthours       | 3600 J          | big m |
Ah           | ampere_hour ampere_hours amp_hour amp_hours   | 3600 C          | m µ k |
VA           | volt_ampere volt_amperes                      | W               | all |
VAr          | volt_ampere_reactive volt_amperes_reactive    | W               | all |
sqm          |                                               | m2              | |
sqkm         |                                               | 1e6 m2          | |
cbm          |                                               | m3              | |
c            | speed_of_light lightspeed                     | 299792458 m s-1 | | c: the speed of light
""",
    ),
    (
        SI + ", section 2.3.1: temperatures count from 273.15 K and 459.67 °R",
        """
°C degC ℃    | celsius celsius degree_celsius degrees_celsius centigrade deg_C degree_C degrees_C | K   | |
°F degF ℉    | fahrenheit fahrenheit degree_fahrenheit degrees_fahrenheit deg_F degree_F degrees_F | 5/9 K | |
°R degR      | rankine rankine degree_rankine degrees_rankine | 5/9 K          | |
Δ°C deltaC   | celsius_degree celsius_degrees                | K               | |
Δ°F deltaF   | fahrenheit_degree fahrenheit_degrees          | 5/9 K           | |
""",
    ),
    (
        SP811,
        """
wk           | week weeks                                    | 7 d             | |
             | fortnight fortnights                          | 14 d            | |
yr           | year years julian_year julian_years           | 365.25 d        | k M G | year: 365.25 days
mo           | month months                                  | 1/12 yr         | | month: a twelfth of 365.25 days
             | decade decades                                | 10 yr           | |
             | century centuries                             | 100 yr          | |
             | millennium millennia millenniums              | 1000 yr         | |
             | shake shakes                                  | 1e-8 s          | |
turn rev     | turn turns revolution revolutions             | 2 π rad         | |
gon grad     | gradian gradians grade grades                 | 1/200 π rad     | |
rpm          | revolution_per_minute revolutions_per_minute  | 1/30 π rad s-1  | |
Å            | angstrom angstroms ångström ångströms         | 1e-10 m         | |
             | micron microns                                | 1e-6 m          | |
             | fermi fermis                                  | 1e-15 m         | |
barn         | barn barns                                    | 1e-28 m2        | all |
are          | are ares                                      | 100 m2          | d c |
             | stere steres                                  | m3              | |
ct           | carat carats                                  | 0.2 g           | |
             | quintal quintals                              | 100 kg          | |
bar          | bar bars                                      | 100000 Pa       | all |
atm          | atmosphere atmospheres                        | 101325 Pa       | |
at           | technical_atmosphere technical_atmospheres    | 98066.5 Pa      | |
Torr torr    | torr torrs                                    | 101325/760 Pa   | m |
mmHg         | millimetre_of_mercury millimetres_of_mercury  | 133.322387415 Pa | |
cmHg         | centimetre_of_mercury centimetres_of_mercury  | 1333.22387415 Pa | |
inHg         | inch_of_mercury inches_of_mercury             | 3386.388640341 Pa | |
cmH2O        | centimetre_of_water centimetres_of_water      | 98.0665 Pa      | | cmH2O: water of 1000 kg/m³
mmH2O        | millimetre_of_water millimetres_of_water      | 9.80665 Pa      | | mmH2O: water of 1000 kg/m³
inH2O        | inch_of_water inches_of_water                 | 249.08891 Pa    | | inH2O: water of 1000 kg/m³
dyn          | dyne dynes                                    | 1e-5 N          | all |
erg          | erg ergs                                      | 1e-7 J          | all |
Ba           | barye baryes                                  | 0.1 Pa          | |
P            | poise poises                                  | 0.1 Pa s        | c m |
St           | stokes stokes                                 | 1e-4 m2 s-1     | c m |
kgf kp       | kilogram_force kilopond kiloponds | 9.80665 N    | |
gf           | gram_force pond ponds              | 0.00980665 N    | |
g0 gn        | standard_gravity gee gees                     | 9.80665 m s-2   | |
             | galileo galileos                              | 0.01 m s-2      | m |
cal          | calorie calories                              | 4.184 J         | k M G | cal: the thermochemical calorie, 4.184 J
calIT        |                                               | 4.1868 J        | k |
Cal          | food_calorie food_calories                    | 4184 J          | | Cal: the food calorie, 4184 J
Btu BTU btu  | british_thermal_unit british_thermal_units    | 1055.05585262 J | k M | Btu: the International Table Btu
MMBtu        |                                               | 1e6 Btu         | | MMBtu: a million Btu
thm          | therm therms                                  | 1e5 Btu         | | therm: 100,000 Btu (IT)
             | quad quads                                    | 1e15 Btu        | |
toe          | tonne_of_oil_equivalent tonnes_of_oil_equivalent | 41.868e9 J   | k M |
             | ton_of_TNT tons_of_TNT ton_TNT tons_TNT       | 4.184e9 J       | k M |
             | ton_of_refrigeration tons_of_refrigeration    | 12000 Btu h-1   | |
PS           | metric_horsepower                | 735.49875 W     | |
Ci           | curie curies                                  | 3.7e10 Bq       | all |
             | roentgen roentgens röntgen                    | 2.58e-4 C kg-1  | m µ |
rem          | rem rems                                      | 0.01 Sv         | m µ |
             | rad_dose                                      | 0.01 Gy         | m |
Gs           | gauss gauss                                   | 1e-4 T          | k m µ |
Mx           | maxwell maxwells                              | 1e-8 Wb         | k M |
Oe           | oersted oersteds                              | 250 π-1 A m-1   | k m |
mho          | mho mhos                                      | S               | m µ |
Fr statC     | franklin franklins statcoulomb statcoulombs   | 0.1/299792458 C | | measured since 2019; the value of before
abA          | abampere abamperes biot biots                 | 10 A            | |
nit          | nit nits                                      | cd m-2          | |
sb           | stilb stilbs                                  | 10000 cd m-2    | |
ph           | phot phots                                    | 10000 lx        | |
             | lambert lamberts                              | 10000 π-1 cd m-2 | m |
fc           | footcandle footcandles foot_candle foot_candles | lm ft-2 | |
fL           | footlambert footlamberts foot_lambert foot_lamberts | π-1 cd ft-2 | |
             | debye debyes                                  | 1e-21/299792458 C m | |
molar        |                                               | 1000 mol m-3    | m µ n |
""",
    ),
    (
        YARD + ": 0.9144 m and 0.45359237 kg; " + HB44,
        """
in           | inch inches                                   | 0.0254 m        | |
ft           | foot feet                                     | 0.3048 m        | |
yd           | yard yards yds                                | 0.9144 m        | |
mi           | mile miles statute_mile statute_miles         | 1609.344 m      | |
mil thou     | mil mils thou thous                           | 0.0000254 m     | |
hand         | hand hands                                    | 4 in            | |
lnk          | link links                                    | 0.66 ft         | | link: a hundredth of the international chain
ch           | chain chains                                  | 66 ft           | | chain: 66 international feet
rd           | rod rods perch perches pole poles             | 16.5 ft         | | rod: 16.5 international feet
fur          | furlong furlongs                              | 660 ft          | | furlong: 660 international feet
ftm          | fathom fathoms                                | 6 ft            | |
lea          | league leagues                                | 3 mi            | | league: 3 statute miles
ftUS         | survey_foot survey_feet US_survey_foot US_survey_feet | 1200/3937 m | |
miUS         | survey_mile survey_miles US_survey_mile US_survey_miles | 5280 ftUS | |
nmi NM       | nautical_mile nautical_miles                  | 1852 m          | |
             | cable cables cable_length cable_lengths       | 0.1 nmi         | | cable: a tenth of a nautical mile
kn kt kts    | knot knots                                    | 1852/3600 m s-1 | | kt: the knot; a thousand tonnes is a kilotonne
mph          | mile_per_hour miles_per_hour                  | 1609.344/3600 m s-1 | |
fps          | foot_per_second feet_per_second               | 0.3048 m s-1    | |
ac           | acre acres                                    | 43560 ft2       | | acre: 43,560 square international feet
             | section sections                              | mi2             | |
             | township townships                            | 36 mi2          | |
             | rood roods                                    | 0.25 ac         | |
sqin         |                                               | in2             | |
sqft         |                                               | ft2             | |
sqyd         |                                               | yd2             | |
sqmi         |                                               | mi2             | |
cuin ci      |                                               | in3             | |
cuft cf      |                                               | ft3             | |
cuyd         |                                               | yd3             | |
acft         | acre_foot acre_feet       | 43560 ft3       | |
bdft         | board_foot board_feet   | 144 in3         | |
             | cord cords                                    | 128 ft3         | |
lb lbs       | pound pounds                                  | 0.45359237 kg   | | lb: the pound of mass; lbf is the force
lbm          |                                               | lb              | |
oz           | ounce ounces                                  | 1/16 lb         | | oz: the avoirdupois ounce of mass; fl oz is the volume, ozt the troy ounce
dr           | dram drams                                    | 1/256 lb        | |
gr           | grain grains                                  | 1/7000 lb       | |
st           | stone stones                                  | 14 lb           | |
cwt          | hundredweight hundredweights short_hundredweight short_hundredweights US_hundredweight short_cwt US_cwt | 100 lb | | cwt: the US hundredweight, 100 lb; imp cwt is 112 lb
             | ton tons short_ton short_tons US_ton US_tons  | 2000 lb         | | ton: the short ton, 2000 lb; t is the tonne, long ton the British one
slug         | slug slugs                                    | lbf s2 ft-1     | |
ozt          | troy_ounce troy_ounces troy_oz oz_t oz_tr     | 480 gr          | |
dwt          | pennyweight pennyweights                      | 24 gr           | |
lbt          | troy_pound troy_pounds                        | 5760 gr         | |
lbf          | pound_force pounds_force | 0.45359237 kg gn | |
ozf          | ounce_force ounces_force                       | 1/16 lbf        | |
pdl          | poundal poundals                              | lb ft s-2       | |
kip          | kip kips                                      | 1000 lbf        | |
psi          | pound_per_square_inch pounds_per_square_inch  | lbf in-2        | k |
ksi          |                                               | 1000 psi        | |
psf          | pound_per_square_foot pounds_per_square_foot  | lbf ft-2        | |
ft_lbf ftlb ftlbf | foot_pound foot_pounds ft_lb ft_lbs pound_foot pound_feet lb_ft lbs_ft lbf_ft | ft lbf | | ft lb: the foot-pound of force, an energy or a torque
inlb inlbf   | inch_pound inch_pounds pound_inch pound_inches | 1/12 ft lbf | | inch pound: of force, an energy or a torque
hp HP        | horsepower horsepowers                        | 550 ft lbf s-1  | | hp: the mechanical horsepower, 550 ft·lbf/s
gal USgal    | gallon gallons US_gallon US_gallons US_gal    | 231 in3         | | gal: the US gallon; imp gal is the British one
qt USqt      | quart quarts US_quart US_quarts US_qt         | 1/4 gal         | | qt: the US liquid quart; imp qt is the British one
pt USpt      | pint pints US_pint US_pints US_pt             | 1/8 gal         | | pt: the US liquid pint; imp pt is the British one
cup          | cup cups US_cup US_cups                       | 1/16 gal        | | cup: the US cup, 236.6 mL
             | gill gills US_gill US_gills                   | 1/32 gal        | | gill: the US gill
fl_oz floz   | fluid_ounce fluid_ounces US_fluid_ounce US_fluid_ounces US_fl_oz | 1/128 gal | | fl oz: the US fluid ounce; imp fl oz is the British one
tbsp Tbsp    | tablespoon tablespoons US_tbsp                | 1/256 gal       | | tbsp: the US tablespoon, 14.8 mL
tsp          | teaspoon teaspoons US_tsp                     | 1/768 gal       | | tsp: the US teaspoon, 4.93 mL
fl_dr fldr   | fluid_dram fluid_drams                  | 1/1024 gal      | |
             | minim minims                                  | 1/61440 gal     | |
bbl          | barrel barrels oil_barrel oil_barrels         | 42 gal          | k M | bbl: the oil barrel, 42 US gallons
bu           | bushel bushels US_bushel US_bushels           | 2150.42 in3     | | bu: the US bushel
pk           | peck pecks                                    | 1/4 bu          | |
dry_gal      | dry_gallon dry_gallons                | 1/8 bu          | |
dry_qt       | dry_quart dry_quarts                   | 1/32 bu         | |
dry_pt       | dry_pint dry_pints                     | 1/64 bu         | |
mpg          | mile_per_gallon miles_per_gallon              | mi gal-1        | | mpg: miles per US gallon; imp mpg is the British one
cfm          |                                               | ft3 min-1       | |
gpm          |                                               | gal min-1       | | gpm: US gallons per minute
point        | point points                                  | 1/72 in         | | point: the desktop publishing point, 1/72 in
pica         | pica picas                                    | 1/6 in          | |
""",
    ),
    (
        UK,
        """
imp_gal impgal | imp_gallon imp_gallons imperial_gallon imperial_gallons UK_gallon UK_gallons UK_gal | 4.54609 L | |
imp_qt impqt | imp_quart imp_quarts imperial_quart imperial_quarts UK_quart UK_quarts UK_qt | 1/4 impgal | |
imp_pt imppt | imp_pint imp_pints imperial_pint imperial_pints UK_pint UK_pints UK_pt | 1/8 impgal | |
imp_cup impcup | imp_cups imperial_cup imperial_cups UK_cup UK_cups | 1/16 impgal  | |
imp_gill impgill | imperial_gill imperial_gills UK_gill UK_gills | 1/32 impgal | |
imp_fl_oz impfloz | imp_floz UK_floz imperial_fluid_ounce imperial_fluid_ounces UK_fluid_ounce UK_fluid_ounces UK_fl_oz | 1/160 impgal | |
imp_bu impbu | imperial_bushel imperial_bushels UK_bushel UK_bushels | 8 impgal | |
imp_cwt impcwt | long_hundredweight long_hundredweights imperial_hundredweight UK_hundredweight long_cwt UK_cwt | 112 lb | |
imp_ton impton | imp_tons long_ton long_tons imperial_ton imperial_tons UK_ton UK_tons | 2240 lb | |
imp_mpg impmpg | UK_mpg                                | mi impgal-1     | |
imp_tbsp imptbsp | imperial_tablespoon imperial_tablespoons UK_tbsp | 1/256 impgal | |
imp_tsp imptsp | imperial_teaspoon imperial_teaspoons UK_tsp | 1/768 impgal | |
             | metric_cup metric_cups                        | 250 mL          | |
             | metric_tablespoon metric_tablespoons metric_tbsp | 15 mL        | |
             | metric_teaspoon metric_teaspoons metric_tsp   | 5 mL            | |
""",
    ),
    (
        IAU,
        """
ly           | light_year light_years lightyear lightyears | 9460730472580800 m | k M G |
             | light_second light_seconds | 299792458 m | |
             | light_minute light_minutes | 17987547480 m | |
             | light_hour light_hours | 1079252848800 m | |
             | light_day light_days     | 25902068371200 m | |
pc           | parsec parsecs                                | 648000 π-1 au   | k M G |
mas          | milliarcsecond milliarcseconds                | 1/3600000 deg   | |
""",
    ),
    (
        IEC,
        """
bit b        | bit bits                                      | bit             | data | b: the bit; B is the byte
B            | byte bytes octet octets                       | 8 bit           | data | B: the byte; b is the bit
KB           |                                               | 8000 bit        | | KB: 1000 bytes; KiB is 1024
kb           |                                               | 1000 bit        | | kb: 1000 bits; kB is 1000 bytes
             | nibble nibbles nybble nybbles                 | 4 bit           | |
bps          | bit_per_second bits_per_second                | bit s-1         | data |
Bps          | byte_per_second bytes_per_second              | 8 bit s-1       | data |
Bd           | baud bauds                                    | s-1             | big |
""",
    ),
    (
        "Counted, not measured",
        """
             | dozen dozens                                  | 12              | |
             | score scores                                  | 20              | |
             | hundred hundreds                              | 100             | |
             | thousand thousands                            | 1000            | |
             | lakh lakhs                                    | 100000          | |
             | million millions                              | 1000000         | |
             | crore crores                                  | 10000000        | |
             | billion billions                              | 1000000000      | |
             | trillion trillions                            | 1000000000000   | |
             | quadrillion quadrillions                      | 1e15            | |
             | quintillion quintillions                      | 1e18            | |
             | gross gross                                   | 144             | |
ppm          | part_per_million parts_per_million            | 1e-6            | |
bp           | basis_point basis_points                      | 1e-4            | |
ppb          | part_per_billion parts_per_billion            | 1e-9            | |
‰            | permille permille per_mille                   | 0.001           | |
""",
    ),
)

# SI brochure, 9th edition, table 7 (with the prefixes of the 27th CGPM, 2022).
PREFIXES = (
    ("Q", "quetta", 30), ("R", "ronna", 27), ("Y", "yotta", 24), ("Z", "zetta", 21), ("E", "exa", 18),
    ("P", "peta", 15), ("T", "tera", 12), ("G", "giga", 9), ("M", "mega", 6), ("k", "kilo", 3),
    ("h", "hecto", 2), ("da", "deca", 1), ("d", "deci", -1), ("c", "centi", -2), ("m", "milli", -3), ("µ", "micro", -6),
    ("n", "nano", -9), ("p", "pico", -12), ("f", "femto", -15), ("a", "atto", -18), ("z", "zepto", -21),
    ("y", "yocto", -24), ("r", "ronto", -27), ("q", "quecto", -30),
)  # fmt: skip

# IEC 80000-13, table 2: powers of 1024.
BINARY_PREFIXES = (
    ("Ki", "kibi", 1), ("Mi", "mebi", 2), ("Gi", "gibi", 3), ("Ti", "tebi", 4),
    ("Pi", "pebi", 5), ("Ei", "exbi", 6), ("Zi", "zebi", 7), ("Yi", "yobi", 8),
)  # fmt: skip
