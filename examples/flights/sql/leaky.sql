-- What a hurried hand adds: the delay at departure, which nobody knows one hour before it.
select e.*, f.dep_delay
from examples e
join flights f on e.flight_key = f.origin || '-' || f.carrier || '-' || f.flight || '-' || strftime(f.time_hour, '%Y%m%d%H')
