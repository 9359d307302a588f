import { phrases } from './word-list.ts';

/** Occupations, lower case. The last word of a longer one ("long-haul truck driver") is enough. */
export const professions = phrases(`
accountant|actor|actress|actuary|administrator|analyst|animator|architect|artist|assembler|attorney|auditor|
baker|banker|barber|barista|bartender|beautician|bookkeeper|brewer|bricklayer|broker|builder|bus driver|butcher|
captain|carpenter|cashier|caterer|chef|chemist|cleaner|clerk|coach|coder|comedian|composer|consultant|contractor|
cook|cosmetologist|counselor|crane operator|curator|custodian|dancer|dealer|designer|detective|developer|
dishwasher|dispatcher|diver|driver|economist|editor|electrician|engineer|engraver|entrepreneur|
executive|fabricator|farmer|farmhand|fire fighter|firefighter|fisherman|flight attendant|florist|foreman|forester|
gardener|geologist|glazier|grocer|guard|hairdresser|hairstylist|handyman|historian|homemaker|housekeeper|
illustrator|inspector|installer|instructor|interpreter|investigator|ironworker|janitor|jeweler|journalist|judge|
laborer|landscaper|lawyer|lecturer|librarian|lifeguard|lineman|locksmith|logger|longshoreman|machinist|
maid|mail carrier|manager|marine|marketer|mason|massage therapist|mathematician|mechanic|merchant|meteorologist|
miner|minister|missionary|model|musician|nanny|novelist|officer|operator|optician|
painter|paralegal|park ranger|pastor|photographer|physicist|pianist|pilot|pipefitter|plasterer|plumber|
police officer|policeman|politician|porter|postal worker|postman|potter|preacher|priest|principal|printer|
producer|professor|programmer|rancher|ranger|realtor|receptionist|recruiter|reporter|researcher|restaurateur|
roofer|sailor|salesman|salesperson|saleswoman|sales representative|scientist|sculptor|seamstress|secretary|
security guard|server|shipbuilder|singer|social worker|soldier|solicitor|statistician|steelworker|stockbroker|
stonemason|store owner|stylist|superintendent|supervisor|surveyor|tailor|tax preparer|teacher|technician|
teller|tester|tiler|toolmaker|trader|trainer|translator|travel agent|trucker|tutor|typist|underwriter|
upholsterer|usher|veterinarian|violinist|waiter|waitress|warehouse worker|watchmaker|web designer|welder|
winemaker|woodworker|worker|writer|zookeeper|business owner|small business owner|student|dentist|pharmacist|
paramedic|nurse|physician|surgeon|therapist|psychologist|caregiver|babysitter|aide|bailiff|assistant`);
